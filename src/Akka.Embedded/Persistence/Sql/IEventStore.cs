namespace Akka.Persistence.Sql;

/// <summary>
/// A durable store of events and snapshots, used from any thread. Writes are taken in the order in which they are
/// submitted and grouped into transactions; reads see everything whose write has completed.
/// </summary>
internal interface IEventStore : IDisposable
{
    /// <summary>Never blocks. A store that cannot take the write completes it with the reason.</summary>
    void Submit(StoreWrite write);

    /// <summary>The highest number ever stored under the id, deleted events included; 0 when there is none.</summary>
    Task<long> ReadHighestSequenceNr(string persistenceId);

    /// <summary>Events that are not deleted, in the order of their numbers.</summary>
    Task<IReadOnlyList<EventRow>> ReadEvents(EventRange range);

    /// <summary>The snapshot with the highest number within the bounds.</summary>
    Task<SnapshotRow?> ReadSnapshot(string persistenceId, SnapshotBounds bounds);
}
