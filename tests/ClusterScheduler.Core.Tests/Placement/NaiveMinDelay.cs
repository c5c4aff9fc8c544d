using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Placement;

namespace ClusterScheduler.Core.Tests.Placement;

/// <summary>
/// The dumb twin: every way to give tasks to agents, straight from the definition. The most tasks placed, then the
/// smallest sum, then the first by names.
/// </summary>
internal static class NaiveMinDelay
{
    public static (Ratio Sum, int[] AgentOf) Solve(PlacementRequest request)
    {
        var tasks = request.Groups
            .SelectMany((group, index) => group.Instances.Select(instance => (Group: group, Index: index, instance)))
            .OrderBy(task => task.Group.Job).ThenBy(task => task.instance).ToArray();
        var agents = request.Agents.OrderBy(agent => agent.Name, StringComparer.Ordinal).ToArray();
        (int Placed, Ratio Sum, int[] Ranks)? best = null;
        foreach (var ranks in Ways(tasks.Length, agents.Length))
        {
            if (!IsAllowed(request, tasks.Select(task => task.Group).ToArray(), agents, ranks))
            {
                continue;
            }

            var placed = ranks.Count(rank => rank < agents.Length);
            var sum = ranks.Select((rank, task) => rank == agents.Length
                    ? Ratio.Zero
                    : new Ratio(tasks[task].Group.Need.Cpus, agents[rank].Free.Cpus))
                .Aggregate(Ratio.Zero, (left, right) => left + right);
            if (best is null || placed > best.Value.Placed
                || (placed == best.Value.Placed && sum.CompareTo(best.Value.Sum) < 0))
            {
                best = (placed, sum, ranks);
            }
        }

        var found = best!.Value;
        return (found.Sum, [.. found.Ranks.Select(rank => rank == agents.Length
            ? -1 : request.Agents.IndexOf(agents[rank]))]);
    }

    /// <summary>In lexicographic order; the last rank is nowhere.</summary>
    private static IEnumerable<int[]> Ways(int tasks, int agents)
    {
        var ranks = new int[tasks];
        while (true)
        {
            yield return [.. ranks];
            var at = tasks - 1;
            while (at >= 0 && ranks[at] == agents)
            {
                ranks[at--] = 0;
            }

            if (at < 0)
            {
                yield break;
            }

            ranks[at]++;
        }
    }

    private static bool IsAllowed(
        PlacementRequest request, PlacementGroup[] groups, PlacementAgent[] agents, int[] ranks)
    {
        for (var rank = 0; rank < agents.Length; rank++)
        {
            var here = groups.Where((_, task) => ranks[task] == rank).ToList();
            var fits = (here.Count == 0 || agents[rank].LeavesAt is null)
                && here.Sum(group => group.Need.Cpus) <= agents[rank].Free.Cpus
                && here.Sum(group => group.Need.Mem) <= agents[rank].Free.Mem
                && (request.PerAgent == 0 || here.Count + agents[rank].Taken <= request.PerAgent)
                && here.SelectMany(group => group.Constraints).OfType<JobConstraint.Value>()
                    .All(constraint => constraint.Admits(agents[rank].Attribute(constraint.Attribute)));
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }

    public static int[] AgentOf(PlacementRequest request, PlacementResult result) =>
        [.. request.Groups
            .SelectMany((group, index) => group.Instances.Select(instance => (group.Job, index, instance)))
            .OrderBy(task => task.Job).ThenBy(task => task.instance)
            .Select(task => result.Assignments
                .Where(one => one.Group == task.index && one.Instance == task.instance)
                .Select(one => one.Agent).DefaultIfEmpty(-1).Single())];
}
