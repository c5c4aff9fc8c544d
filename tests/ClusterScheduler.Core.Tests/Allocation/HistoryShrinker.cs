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
            least = WithLeast(least, at, fails, (step, value) => step with { A = value });
            least = WithLeast(least, at, fails, (step, value) => step with { B = value });
            least = WithLeast(least, at, fails, (step, value) => step with { C = value });
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

    private static List<HistoryStep> WithLeast(
        List<HistoryStep> steps,
        int at,
        Func<IReadOnlyList<HistoryStep>, bool> fails,
        Func<HistoryStep, int, HistoryStep> change)
    {
        for (var value = 0; value < 12; value++)
        {
            var candidate = new List<HistoryStep>(steps) { [at] = change(steps[at], value) };
            if (fails(candidate))
            {
                return candidate;
            }
        }

        return steps;
    }
}
