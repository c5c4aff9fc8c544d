using System.Collections.Immutable;
using ClusterScheduler.Core.Jobs;

namespace ClusterScheduler.Core.Placement;

/// <summary>Each task goes to the first agent by name that fits (Aurora's default, with the order of offers fixed to
/// the names).</summary>
public sealed class FirstFitPolicy : IPlacementPolicy
{
    /// <inheritdoc/>
    public string Name => PlacementNames.FirstFit;

    /// <inheritdoc/>
    public PlacementResult Place(PlacementRequest request)
    {
        var round = new PlacementRound(request);
        var order = AgentOrder.ByName(request);
        var assignments = ImmutableArray.CreateBuilder<Assignment>();
        for (var group = 0; group < request.Groups.Length; group++)
        {
            var instances = request.Groups[group].Instances;
            var next = 0;
            foreach (var agent in order)
            {
                // Equal tasks: an agent that refuses one refuses all that follow.
                while (next < instances.Length && round.CanPlace(group, agent))
                {
                    round.Place(group, agent);
                    assignments.Add(new Assignment(group, instances[next++], agent));
                }
            }
        }

        return new PlacementResult(assignments.ToImmutable(), Ratio.Zero, PlacementMethod.Greedy);
    }
}
