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

/// <summary>What happened to a task on its agent; all its state follows from these in order.</summary>
/// <param name="At">Monotonic time of the machine's boot.</param>
public abstract record TaskRunEvent(TimeSpan At)
{
    /// <summary>A run is about to start. Stored before anything runs.</summary>
    public sealed record ProcessForked(string Process, int Run, TimeSpan At) : TaskRunEvent(At);

    /// <summary>The run is a process.</summary>
    public sealed record ProcessStarted(string Process, int Run, ProcessIdentity Identity, TimeSpan At)
        : TaskRunEvent(At);

    /// <summary>The run is over.</summary>
    /// <param name="Process">Which process.</param>
    /// <param name="Run">Which of its runs.</param>
    /// <param name="Status">How it ended.</param>
    /// <param name="Usage">What it used.</param>
    /// <param name="Next">What became of the process: done, failed for good, or waiting to run again.</param>
    /// <param name="At">When it was seen.</param>
    public sealed record ProcessEnded(
        string Process, int Run, ExitStatus Status, ProcessUsage Usage, ProcessState Next, TimeSpan At)
        : TaskRunEvent(At);

    /// <summary>A kill was taken up.</summary>
    /// <param name="KillAt">When SIGKILL follows.</param>
    /// <param name="At">When it was asked for.</param>
    public sealed record KillAsked(TimeSpan KillAt, TimeSpan At) : TaskRunEvent(At);

    /// <summary>The next stage began.</summary>
    /// <param name="Stage">Which.</param>
    /// <param name="KillAt">When SIGKILL follows in it; none where nothing is being stopped.</param>
    /// <param name="EndBy">When stopping and final processes together must be over; none before they began.</param>
    /// <param name="At">When it began.</param>
    public sealed record StageEntered(TaskStage Stage, TimeSpan? KillAt, TimeSpan? EndBy, TimeSpan At)
        : TaskRunEvent(At);

    /// <summary>SIGKILL was ordered for all that is left in this stage.</summary>
    public sealed record SweepOrdered(TimeSpan At) : TaskRunEvent(At);

    /// <summary>Over; nothing of it is left.</summary>
    public sealed record TaskEnded(TaskResult Result, TimeSpan At) : TaskRunEvent(At);
}

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

    /// <summary>SIGKILL to every process of the task, repeated until none is left; answered in the same way.</summary>
    public sealed record Sweep : TaskRunEffect;

    /// <summary>Tell whoever waits how it ended.</summary>
    public sealed record Announce(TaskResult Result) : TaskRunEffect;
}
