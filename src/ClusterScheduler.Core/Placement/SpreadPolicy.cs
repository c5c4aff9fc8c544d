using System.Collections.Immutable;
using ClusterScheduler.Core.Jobs;

namespace ClusterScheduler.Core.Placement;

/// <summary>
/// The default: each task goes to the agent that keeps the largest free share of its scarcest resource afterwards,
/// so that load and the loss of one machine are shared out. Ties go by name.
/// </summary>
public sealed class SpreadPolicy : IPlacementPolicy
{
    /// <inheritdoc/>
    public string Name => PlacementNames.Spread;

    /// <inheritdoc/>
    public PlacementResult Place(PlacementRequest request)
    {
        var round = new PlacementRound(request);
        var order = AgentOrder.ByName(request);
        var assignments = ImmutableArray.CreateBuilder<Assignment>();
        for (var group = 0; group < request.Groups.Length; group++)
        {
            PlaceGroup(round, group, order, assignments);
        }

        return new PlacementResult(assignments.ToImmutable(), Ratio.Zero, PlacementMethod.Greedy);
    }

    private static void PlaceGroup(
        PlacementRound round, int group, int[] order, ImmutableArray<Assignment>.Builder assignments)
    {
        var wanted = round.Request.Groups[group];
        var queue = new PriorityQueue<int, (double Used, int Rank)>();
        for (var rank = 0; rank < order.Length; rank++)
        {
            if (round.CanPlace(group, order[rank]))
            {
                queue.Enqueue(rank, (UsedAfter(round, wanted.Need, order[rank]), rank));
            }
        }

        var next = 0;
        while (next < wanted.Instances.Length && queue.TryDequeue(out var rank, out _))
        {
            // A limit may have been used up by a placement elsewhere in the same rack.
            var agent = order[rank];
            if (round.CanPlace(group, agent))
            {
                round.Place(group, agent);
                assignments.Add(new Assignment(group, wanted.Instances[next++], agent));
                if (round.CanPlace(group, agent))
                {
                    queue.Enqueue(rank, (UsedAfter(round, wanted.Need, agent), rank));
                }
            }
        }
    }

    private static double UsedAfter(PlacementRound round, in Amounts need, int agent)
    {
        var after = round.Free(agent) - need;
        var total = round.Request.Agents[agent].Total;
        return Math.Max(
            Used(after.Cpus, total.Cpus), Math.Max(Used(after.Mem, total.Mem), Used(after.Disk, total.Disk)));
    }

    private static double Used(long free, long total) => total == 0 ? 0 : 1 - ((double)free / total);
}
