using Akka.Actor;
using ClusterScheduler.Agent.Execution;

namespace ClusterScheduler.Agent.Agents;

/// <summary>Starts agents on a node.</summary>
public static class AgentRegistration
{
    /// <summary>An agent that runs real processes. The node's refs must be set before.</summary>
    public static IActorRef StartAgent(this ActorSystem system, AgentOptions options, ExecutionSettings execution)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(execution);
        return system.ActorOf(
            AgentActor.Props(options, () => new KeeperExecution(execution), new AgentIdFile(execution.Directory)),
            options.Name);
    }

    /// <summary>An agent that runs nothing: every task finishes at once.</summary>
    public static IActorRef StartSimulatedAgent(this ActorSystem system, AgentOptions options)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(options);
        return system.ActorOf(
            AgentActor.Props(options, SimulatedExecution.FinishingAtOnce, new AgentIdInMemory()), options.Name);
    }
}
