using System.Collections.Immutable;

namespace ClusterScheduler.Core.Execution;

/// <summary>How a task ended on its agent; each case is one terminal state (TASK_FINISHED ...).</summary>
public abstract record TaskOutcome
{
    private TaskOutcome()
    {
    }

    /// <summary>All that had to run did, within the failures that the plan allows.</summary>
    public sealed record Finished : TaskOutcome;

    /// <summary>More processes failed than the plan allows.</summary>
    /// <param name="Decisive">The process whose failure reached the limit.</param>
    /// <param name="Run">Which of its runs, from 1.</param>
    /// <param name="Status">How that run ended.</param>
    public sealed record Failed(string Decisive, int Run, ExitStatus Status) : TaskOutcome;

    /// <summary>Ended because it was asked to before its work was done.</summary>
    public sealed record Killed : TaskOutcome;

    /// <summary>Ended for others.</summary>
    /// <param name="For">
    /// The role that took back what it is guaranteed; empty: its agent was under pressure, and it used revocable
    /// resources.
    /// </param>
    public sealed record Preempted(string For) : TaskOutcome;

    /// <summary>It ran, or may have run, and its end is not known. It is not running now.</summary>
    /// <param name="Cause">Why nobody knows.</param>
    public sealed record Lost(UnknownCause Cause) : TaskOutcome;

    /// <summary>Nothing of it ever ran, and nothing will: its start is forbidden for good.</summary>
    public sealed record Dropped : TaskOutcome;
}

/// <summary>The end of a task with what is known about it.</summary>
/// <param name="Outcome">The end itself.</param>
/// <param name="Usage">All processes together.</param>
/// <param name="NeverRan">Ordinary processes that did not get to run, in the plan's order.</param>
public sealed record TaskResult(TaskOutcome Outcome, ProcessUsage Usage, ImmutableArray<string> NeverRan);
