namespace ClusterScheduler.Core.Tasks;

/// <summary>Why a status update says what it says (mesos.proto, TaskStatus.Reason; those that can occur).</summary>
public enum StatusReason
{
    /// <summary>No reason beyond the state itself.</summary>
    None,

    /// <summary>The agent could not start it: sandbox, fork or exec failed.</summary>
    ContainerLaunchFailed,

    /// <summary>It ran longer than it was allowed to.</summary>
    MaxCompletionTimeReached,

    /// <summary>
    /// It used revocable resources, and its agent evicted it under pressure; or a role took back what it is guaranteed.
    /// </summary>
    ContainerPreempted,

    /// <summary>Its framework was torn down or its failover timeout ran out.</summary>
    FrameworkRemoved,

    /// <summary>Killed before anything of it ran.</summary>
    TaskKilledDuringLaunch,

    /// <summary>Its agent is being drained.</summary>
    AgentDraining,

    /// <summary>The description broke a rule; the message names it.</summary>
    TaskInvalid,

    /// <summary>The framework may not run it.</summary>
    TaskUnauthorized,

    /// <summary>An offer that it was to use had ended.</summary>
    InvalidOffers,

    /// <summary>The agent was not connected when it was to start.</summary>
    AgentDisconnected,

    /// <summary>The agent started again and does not hold it.</summary>
    AgentRestarted,

    /// <summary>The agent was declared unreachable or gone.</summary>
    AgentRemoved,

    /// <summary>An operator declared the agent gone.</summary>
    AgentRemovedByOperator,

    /// <summary>The agent came back and still holds it.</summary>
    AgentReregistered,

    /// <summary>It did not fit what the agent had free when it came to start.</summary>
    ResourcesUnknown,

    /// <summary>What ran it ended without saying how the task ended.</summary>
    ExecutorTerminated,

    /// <summary>Sent because somebody asked, not because something changed.</summary>
    Reconciliation,
}

/// <summary>Who made a status update (mesos.proto, TaskStatus.Source).</summary>
public enum StatusSource
{
    /// <summary>The control plane: never retried on the wire, nothing to acknowledge unless it has a uuid.</summary>
    Master,

    /// <summary>The agent daemon.</summary>
    Agent,

    /// <summary>What ran the task on the agent.</summary>
    Executor,
}
