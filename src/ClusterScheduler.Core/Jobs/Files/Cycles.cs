using System.Collections.Immutable;

namespace ClusterScheduler.Core.Jobs.Files;

/// <summary>Finds things that wait for one another.</summary>
public static class Cycles
{
    /// <summary>Cycles without a common member, at least one for each group that cannot be ordered; each begins with
    /// its smallest member.</summary>
    /// <param name="count">Members are numbered from 0.</param>
    /// <param name="edges">(a, b): a waits for b.</param>
    public static ImmutableArray<ImmutableArray<int>> Find(int count, IReadOnlyCollection<(int From, int To)> edges)
    {
        var targets = Enumerable.Range(0, count).Select(_ => new SortedSet<int>()).ToArray();
        foreach (var (from, to) in edges)
        {
            targets[from].Add(to);
        }

        var left = new SortedSet<int>(Enumerable.Range(0, count));
        var cycles = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        while (true)
        {
            while (left.Where(member => !targets[member].Overlaps(left)).ToList() is { Count: > 0 } free)
            {
                left.ExceptWith(free);
            }

            if (left.Count == 0)
            {
                return cycles.ToImmutable();
            }

            var cycle = Follow(left.Min, targets, left);
            cycles.Add(cycle);
            left.ExceptWith(cycle);
        }
    }

    private static ImmutableArray<int> Follow(int start, SortedSet<int>[] targets, SortedSet<int> left)
    {
        var walked = new List<int>();
        var at = start;
        while (!walked.Contains(at))
        {
            walked.Add(at);
            at = targets[at].First(left.Contains);
        }

        var cycle = walked.Skip(walked.IndexOf(at)).ToList();
        var smallest = cycle.IndexOf(cycle.Min());
        return [.. cycle.Skip(smallest), .. cycle.Take(smallest)];
    }
}
