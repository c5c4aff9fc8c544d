namespace ClusterScheduler.Core.Execution;

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
