namespace ClusterScheduler.Core.Tasks;

/// <summary>
/// The states of a task, as Mesos names them (mesos.proto, TaskState; wire names begin with TASK_).
/// </summary>
public enum TaskState
{
    /// <summary>Accepted by the master, not yet known to run. Never set by an agent.</summary>
    Staging,

    /// <summary>The agent prepares it: sandbox, ports, environment.</summary>
    Starting,

    /// <summary>Its processes run.</summary>
    Running,

    /// <summary>A kill was delivered; it runs on until it obeys or its grace ends.</summary>
    Killing,

    /// <summary>Ended by itself, successfully. Terminal.</summary>
    Finished,

    /// <summary>Ended by itself, unsuccessfully. Terminal.</summary>
    Failed,

    /// <summary>Ended because it was asked to. Terminal.</summary>
    Killed,

    /// <summary>Its description is wrong; the same description fails again. Terminal.</summary>
    Error,

    /// <summary>Catch-all of frameworks that do not tell partitions apart. Terminal.</summary>
    Lost,

    /// <summary>Never ran, and never will under this id; safe to launch again under a new one. Terminal.</summary>
    Dropped,

    /// <summary>Its agent lost contact; it may run and may return.</summary>
    Unreachable,

    /// <summary>Known to run no longer, end unknown. Terminal.</summary>
    Gone,

    /// <summary>An operator declared its agent gone. Terminal by the operator's word.</summary>
    GoneByOperator,

    /// <summary>Nobody has a record of it.</summary>
    Unknown,
}

/// <summary>What the states mean to those who must decide by them.</summary>
public static class TaskStates
{
    /// <summary>True where no later state can follow (I4).</summary>
    public static bool IsTerminal(this TaskState state) => state is TaskState.Finished or TaskState.Failed
        or TaskState.Killed or TaskState.Error or TaskState.Lost or TaskState.Dropped or TaskState.Gone
        or TaskState.GoneByOperator;

    /// <summary>The name on the wire and in print: TASK_RUNNING, TASK_GONE_BY_OPERATOR.</summary>
    public static string WireName(this TaskState state) => state switch
    {
        TaskState.Staging => "TASK_STAGING",
        TaskState.Starting => "TASK_STARTING",
        TaskState.Running => "TASK_RUNNING",
        TaskState.Killing => "TASK_KILLING",
        TaskState.Finished => "TASK_FINISHED",
        TaskState.Failed => "TASK_FAILED",
        TaskState.Killed => "TASK_KILLED",
        TaskState.Error => "TASK_ERROR",
        TaskState.Lost => "TASK_LOST",
        TaskState.Dropped => "TASK_DROPPED",
        TaskState.Unreachable => "TASK_UNREACHABLE",
        TaskState.Gone => "TASK_GONE",
        TaskState.GoneByOperator => "TASK_GONE_BY_OPERATOR",
        TaskState.Unknown => "TASK_UNKNOWN",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "not a task state"),
    };
}
