namespace Akka.Persistence.Sql;

/// <summary>
/// Something to be made durable. Many of them share a transaction; each learns its own outcome, once, after that
/// transaction has ended.
/// </summary>
internal abstract class StoreWrite
{
    /// <summary>How many rows it touches, about; bounds the size of a transaction.</summary>
    public virtual int Rows => 1;

    /// <summary>Called once. Null: it is durable. Otherwise nothing of it is.</summary>
    public abstract void Completed(Exception? failure);
}

/// <summary>Events that are stored all or none.</summary>
internal abstract class AppendEvents(IReadOnlyList<EventRow> events) : StoreWrite
{
    public IReadOnlyList<EventRow> Events { get; } = events;

    public override int Rows => Events.Count;
}

/// <summary>A write whose outcome is awaited.</summary>
internal abstract class AwaitedWrite : StoreWrite
{
    private readonly TaskCompletionSource _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Outcome => _outcome.Task;

    public override void Completed(Exception? failure)
    {
        if (failure is null)
        {
            _outcome.TrySetResult();
        }
        else
        {
            _outcome.TrySetException(failure);
        }
    }
}

/// <summary>Writes nothing: completes when everything submitted before it has.</summary>
internal sealed class Barrier : AwaitedWrite
{
    public override int Rows => 0;
}

/// <summary>Events up to a number are forgotten; the highest number is not.</summary>
internal sealed class DeleteEvents(string persistenceId, long toSequenceNr) : AwaitedWrite
{
    public string PersistenceId { get; } = persistenceId;

    public long ToSequenceNr { get; } = toSequenceNr;
}

/// <summary>A snapshot takes the place of one with the same number.</summary>
internal sealed class SaveSnapshotRow(SnapshotRow row) : AwaitedWrite
{
    public SnapshotRow Row { get; } = row;
}

internal sealed class DeleteSnapshotRows(string persistenceId, SnapshotBounds bounds) : AwaitedWrite
{
    public string PersistenceId { get; } = persistenceId;

    public SnapshotBounds Bounds { get; } = bounds;
}

/// <summary>A range of snapshots, both ends included: numbers, and times in ticks of UTC.</summary>
internal readonly record struct SnapshotBounds(
    long MinSequenceNr, long MaxSequenceNr, long MinCreated, long MaxCreated);
