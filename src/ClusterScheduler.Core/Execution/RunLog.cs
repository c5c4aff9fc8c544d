using System.Collections.Immutable;

namespace ClusterScheduler.Core.Execution;

/// <summary>
/// The record <c>started</c> of one task: made exclusively before anything runs, appended to as the task goes on.
/// Whoever makes it decides the task's fate: the keeper opens it with <see cref="RunLogOpening.Opened"/> and then
/// starts; a recovering agent opens it with <see cref="RunLogOpening.Forbidden"/>, and nobody can start the task any
/// more.
/// </summary>
/// <param name="Opening">The first record; none if it cannot be read.</param>
/// <param name="Events">What happened, in order, as far as it can be read.</param>
/// <param name="IsDamaged">A record in the middle cannot be read. A torn last record is no damage: it is what a
/// crash while writing leaves, and it says nothing.</param>
public sealed record RunLog(RunLogOpening? Opening, ImmutableArray<TaskRunEvent> Events, bool IsDamaged)
{
    /// <summary>How the task ended; none if the record does not say it.</summary>
    public TaskResult? Result => Events.OfType<TaskRunEvent.TaskEnded>().FirstOrDefault()?.Result;

    /// <summary>True once any process was started.</summary>
    public bool HasStarted => Events.Any(@event => @event is TaskRunEvent.ProcessStarted);

    /// <summary>All processes of all runs, ended or not; each leads a session of its own.</summary>
    public ImmutableArray<ProcessIdentity> Sessions =>
        [.. Events.OfType<TaskRunEvent.ProcessStarted>().Select(started => started.Identity)];
}

/// <summary>The first record of a <see cref="RunLog"/>.</summary>
/// <param name="BootId">The machine's boot in which it was written (/proc/sys/kernel/random/boot_id).</param>
/// <param name="At">Wall-clock time, for people.</param>
public abstract record RunLogOpening(string BootId, DateTimeOffset At)
{
    /// <summary>A keeper took the task and may have started it.</summary>
    /// <param name="BootId">The boot in which it was.</param>
    /// <param name="At">When.</param>
    /// <param name="Keeper">The keeper's process.</param>
    public sealed record Opened(string BootId, DateTimeOffset At, ProcessIdentity Keeper)
        : RunLogOpening(BootId, At);

    /// <summary>Nothing of the task ever ran; it may not be started.</summary>
    /// <param name="BootId">The boot in which it was.</param>
    /// <param name="At">When.</param>
    public sealed record Forbidden(string BootId, DateTimeOffset At) : RunLogOpening(BootId, At);
}
