using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Simulation.Agents;
using ClusterScheduler.Simulation.Workloads;
using ClusterScheduler.Simulation.Worlds;

namespace ClusterScheduler.Simulation.Checks;

/// <summary>
/// One thing that must always hold, watched from the outside: by what clients and agents see, what machines run and
/// what goes over the wire, never by asking the scheduler.
/// </summary>
internal abstract class Watcher
{
    /// <summary>A message is handed to the network.</summary>
    public virtual void Sent(Node from, object message)
    {
    }

    /// <summary>An agent has decided to run a task; nothing of it runs yet.</summary>
    public virtual void Launched(Machine machine, TaskKey key)
    {
    }

    /// <summary>A task's process runs.</summary>
    public virtual void Started(Machine machine, MachineTask task)
    {
    }

    /// <summary>A task is over on its machine.</summary>
    public virtual void Ended(Machine machine, MachineTask task)
    {
    }

    /// <summary>A scheduler is subscribed, first or again.</summary>
    public virtual void Subscribed(Workload workload, MasterEpoch epoch)
    {
    }

    /// <summary>A scheduler is given offers.</summary>
    public virtual void Offered(Workload workload, ImmutableArray<Offer> offers)
    {
    }

    /// <summary>A scheduler is about to use an offer.</summary>
    public virtual void Accepted(Workload workload, Offer offer, IReadOnlyList<TaskInfo> tasks)
    {
    }

    /// <summary>A scheduler hears of a task.</summary>
    public virtual void Updated(Workload workload, StatusUpdate update)
    {
    }

    /// <summary>Nothing is under way any more.</summary>
    public virtual void AtRest()
    {
    }
}
