namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>Makes a failing history small: drops runs of steps, halving their length, then makes numbers
/// small.</summary>
internal static class HistoryShrinker
{
    public static IReadOnlyList<HistoryStep> Shrink(
        IReadOnlyList<HistoryStep> steps, Func<IReadOnlyList<HistoryStep>, bool> fails)
    {
        var least = Dropped([.. steps], fails);
        for (var at = 0; at < least.Count; at++)
        {
            foreach (var smaller in Smaller(least[at]))
            {
                var candidate = new List<HistoryStep>(least) { [at] = smaller };
                least = fails(candidate) ? candidate : least;
            }
        }

        return Dropped(least, fails);
    }

    private static List<HistoryStep> Dropped(List<HistoryStep> steps, Func<IReadOnlyList<HistoryStep>, bool> fails)
    {
        for (var length = Math.Max(1, steps.Count / 2); length > 0; length /= 2)
        {
            for (var from = 0; from + length <= steps.Count;)
            {
                var candidate = new List<HistoryStep>(steps);
                candidate.RemoveRange(from, length);
                if (fails(candidate))
                {
                    steps = candidate;
                }
                else
                {
                    from++;
                }
            }
        }

        return steps;
    }

    private static IEnumerable<HistoryStep> Smaller(HistoryStep step)
    {
        for (var value = 0; value < 8; value++)
        {
            yield return step with { A = value };
            yield return step with { B = value };
            yield return step with { C = value };
        }
    }
}
