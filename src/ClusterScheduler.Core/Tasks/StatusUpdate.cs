using ClusterScheduler.Core.Agents;

namespace ClusterScheduler.Core.Tasks;

/// <summary>One report on a task's state, from its agent or the control plane (Mesos: TaskStatus).</summary>
/// <param name="TaskId">The task it is about.</param>
/// <param name="State">The state that it reports.</param>
/// <param name="Source">Who made it.</param>
/// <param name="Reason">Why, where the state alone does not say it.</param>
/// <param name="Message">For people; never empty for a state other than running and finished.</param>
/// <param name="At">When it was made, by the clock of whoever made it.</param>
public sealed record StatusUpdate(
    TaskId TaskId,
    TaskState State,
    StatusSource Source,
    StatusReason Reason,
    string Message,
    DateTimeOffset At)
{
    /// <summary>The agent that the task was given to; none when it never had one.</summary>
    public AgentId? AgentId { get; init; }

    /// <summary>Names this update for its acknowledgement; none where nobody waits for one.</summary>
    public Guid? Uuid { get; init; }

    /// <summary>What is known of an end: exit, usage, last log lines.</summary>
    public TaskEvidence? Evidence { get; init; }
}

/// <summary>What the agent keeps of a task's end, so that a failure can be understood without a shell.</summary>
/// <param name="ExitCode">What the process that decided the outcome returned; none when a signal ended it or nothing
/// ran.</param>
/// <param name="Signal">The signal that ended it; none when it exited.</param>
/// <param name="Process">The name of the process that decided the outcome; empty for a single command.</param>
/// <param name="LastLog">Its last lines of output, bounded by the agent.</param>
/// <param name="CpuSeconds">Processor time used by all its processes, seconds; 0 when not known.</param>
/// <param name="PeakMemoryMiB">Largest resident size of any of its processes, MiB; 0 when not known.</param>
public sealed record TaskEvidence(
    int? ExitCode,
    int? Signal,
    string Process,
    string LastLog,
    double CpuSeconds,
    long PeakMemoryMiB);
