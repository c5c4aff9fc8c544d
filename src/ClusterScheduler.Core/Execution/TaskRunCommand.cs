namespace ClusterScheduler.Core.Execution;

/// <summary>What can be asked of, or be told to, a task on its agent.</summary>
public abstract record TaskRunCommand
{
    private TaskRunCommand()
    {
    }

    /// <summary>Begin. Once; repeated it is ignored.</summary>
    public sealed record Start : TaskRunCommand;

    /// <summary>An ordered start succeeded.</summary>
    public sealed record ReportStarted(string Process, int Run, ProcessIdentity Identity) : TaskRunCommand;

    /// <summary>A run ended, or its start failed.</summary>
    public sealed record ReportEnded(string Process, int Run, ExitStatus Status, ProcessUsage Usage) : TaskRunCommand;

    /// <summary>Nothing of the task's process trees is left: no descendant of any run.</summary>
    public sealed record ReportTreeGone : TaskRunCommand;

    /// <summary>Stop it: SIGTERM to the whole tree, SIGKILL after the grace. A later kill only shortens.</summary>
    /// <param name="Grace">Not negative; none: the plan's.</param>
    public sealed record Kill(TimeSpan? Grace) : TaskRunCommand;

    /// <summary>The time that <see cref="TaskRun.NextWake"/> named has come.</summary>
    public sealed record Wake : TaskRunCommand;
}
