using ClusterScheduler.Simulation.Workloads;
using ClusterScheduler.Simulation.Worlds;

namespace ClusterScheduler.Simulation.Checks;

/// <summary>I8: a framework sees its own offers and tasks, in its own roles.</summary>
internal sealed class OwnThingsOnly(World world) : Watcher
{
    private readonly Dictionary<OfferId, FrameworkId> offeredTo = [];

    public override void Offered(Workload workload, ImmutableArray<Offer> offers)
    {
        foreach (var offer in offers)
        {
            if (!workload.Roles.Contains(offer.Role))
            {
                world.Break("I8", $"{workload.Id} is offered {offer.Id} in role {offer.Role}");
            }

            if (!offeredTo.TryAdd(offer.Id, workload.Id) && offeredTo[offer.Id] != workload.Id)
            {
                world.Break("I8", $"offer {offer.Id} goes to {workload.Id} and went to {offeredTo[offer.Id]}");
            }
        }
    }

    public override void Updated(Workload workload, StatusUpdate update)
    {
        if (!update.TaskId.Value.StartsWith(workload.Id.Value + "-", StringComparison.Ordinal))
        {
            world.Break("I8", $"{workload.Id} hears of {update.TaskId}");
        }
    }
}
