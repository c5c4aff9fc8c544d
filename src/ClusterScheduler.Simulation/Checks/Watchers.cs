using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Simulation.Agents;
using ClusterScheduler.Simulation.Storage;
using ClusterScheduler.Simulation.Workloads;
using ClusterScheduler.Simulation.Worlds;

namespace ClusterScheduler.Simulation.Checks;

/// <summary>All that watch, in a fixed order.</summary>
internal sealed class Watchers(World world)
{
    private readonly ImmutableArray<Watcher> all =
    [
        new AgentRoom(world),
        new OffersUsedOnce(world),
        new TaskHistories(world),
        new StartsOnce(world),
        new Promises(world),
        new OwnThingsOnly(world),
        new EpochsOnlyGrow(world),
    ];

    public void Sent(Node from, object message)
    {
        foreach (var watcher in all)
        {
            watcher.Sent(from, message);
        }
    }

    public void Launched(Machine machine, TaskKey key)
    {
        foreach (var watcher in all)
        {
            watcher.Launched(machine, key);
        }
    }

    public void Started(Machine machine, MachineTask task)
    {
        foreach (var watcher in all)
        {
            watcher.Started(machine, task);
        }
    }

    public void Ended(Machine machine, MachineTask task)
    {
        foreach (var watcher in all)
        {
            watcher.Ended(machine, task);
        }
    }

    public void Subscribed(Workload workload, MasterEpoch epoch)
    {
        world.Note(workload.Id.Value, $"is subscribed at epoch {epoch}");
        foreach (var watcher in all)
        {
            watcher.Subscribed(workload, epoch);
        }
    }

    public void Offered(Workload workload, ImmutableArray<Offer> offers)
    {
        foreach (var watcher in all)
        {
            watcher.Offered(workload, offers);
        }
    }

    public void Accepted(Workload workload, Offer offer, IReadOnlyList<TaskInfo> tasks)
    {
        world.Note(workload.Id.Value, $"accepts {offer.Id} for {string.Join(' ', tasks.Select(task => task.TaskId))}");
        foreach (var watcher in all)
        {
            watcher.Accepted(workload, offer, tasks);
        }
    }

    public void Updated(Workload workload, StatusUpdate update)
    {
        world.Note(workload.Id.Value, $"hears {update.TaskId} {update.State.WireName()} {update.Reason}");
        foreach (var watcher in all)
        {
            watcher.Updated(workload, update);
        }
    }

    /// <summary>A subscription ended for good, though nobody ended the framework.</summary>
    public void Refused(Workload workload, string message) =>
        world.Break("I7", $"{workload.Id} is told that it is over: {message}");

    /// <summary>
    /// An actor failed, or the allocator refuses what the master says. A store that fails is no surprise, nor that an
    /// operator is called.
    /// </summary>
    public void Failed(Node node, Akka.Event.Error error)
    {
        if (error.Cause is null && !error.LogSource.Contains("allocator", StringComparison.Ordinal))
        {
            return;
        }

        for (var cause = error.Cause; cause is not null; cause = cause.InnerException)
        {
            if (cause is StoreException)
            {
                return;
            }
        }

        world.Break("errors", $"{node.Name}, {error.LogSource}: {error.Message} {error.Cause}");
    }

    public void AtRest()
    {
        foreach (var watcher in all)
        {
            watcher.AtRest();
        }
    }
}
