namespace ClusterScheduler.Core.Decisions;

/// <summary>
/// A fact that an entity has stored and may read again years later: immutable, named in the past tense, with the time
/// at which it was decided. Has a manifest name and golden bytes; its meaning never changes, it is only extended.
/// </summary>
public interface IStoredEvent
{
    /// <summary>When it was decided, by the clock of the node that decided.</summary>
    DateTimeOffset At { get; }
}
