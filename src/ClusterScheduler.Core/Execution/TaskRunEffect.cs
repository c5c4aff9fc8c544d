namespace ClusterScheduler.Core.Execution;

/// <summary>What a decision about a task wants done.</summary>
public abstract record TaskRunEffect
{
    private TaskRunEffect()
    {
    }

    /// <summary>Start a run; answered by <see cref="TaskRunCommand.ReportStarted"/> or
    /// <see cref="TaskRunCommand.ReportEnded"/>.</summary>
    public sealed record Spawn(ProcessSpec Process, int Run) : TaskRunEffect;

    /// <summary>SIGTERM, once, to every process of the task; answered by
    /// <see cref="TaskRunCommand.ReportTreeGone"/> as soon as none is left.</summary>
    public sealed record Terminate : TaskRunEffect;

    /// <summary>
    /// SIGKILL to every process of the task, repeated until none is left; answered in the same way.
    /// </summary>
    public sealed record Sweep : TaskRunEffect;

    /// <summary>Tell whoever waits how it ended.</summary>
    public sealed record Announce(TaskResult Result) : TaskRunEffect;
}
