namespace Akka.Persistence.Sql;

/// <summary>
/// Stands where a store could not even be opened, because its settings are wrong: whoever uses it is told why at
/// once, in place of waiting for an answer that never comes.
/// </summary>
internal sealed class UnusableEventStore(Exception reason) : IEventStore
{
    public void Submit(StoreWrite write) => write.Completed(reason);

    public Task<long> ReadHighestSequenceNr(string persistenceId) => Task.FromException<long>(reason);

    public Task<IReadOnlyList<EventRow>> ReadEvents(EventRange range) =>
        Task.FromException<IReadOnlyList<EventRow>>(reason);

    public Task<SnapshotRow?> ReadSnapshot(string persistenceId, SnapshotBounds bounds) =>
        Task.FromException<SnapshotRow?>(reason);

    public void Dispose()
    {
        // There is nothing open.
    }
}
