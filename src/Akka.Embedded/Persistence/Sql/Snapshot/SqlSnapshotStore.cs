using Akka.Configuration;
using Akka.Persistence.Snapshot;

namespace Akka.Persistence.Sql.Snapshot;

/// <summary>Snapshots on an <see cref="IEventStore"/>.</summary>
internal sealed class SqlSnapshotStore : SnapshotStore
{
    private readonly EventStores _stores;
    private readonly IEventStore _store;
    private readonly PayloadCodec _codec;

    public SqlSnapshotStore(Config config)
    {
        _stores = Persistence.Instance.Apply(Context.System).Stores;
        _store = _stores.Acquire(config, Self.Path.Name);
        _codec = new PayloadCodec(Context.System.Serialization);
    }

    protected override void PostStop() => _stores.Release(_store);

    protected override async Task<SelectedSnapshot> LoadAsync(
        string persistenceId, SnapshotSelectionCriteria criteria)
    {
        var row = await _store.ReadSnapshot(persistenceId, Bounds(criteria)).ConfigureAwait(false);
        if (row is null)
        {
            return null!;
        }

        var metadata = new SnapshotMetadata(
            row.PersistenceId, row.SequenceNr, new DateTime(row.Created, DateTimeKind.Utc));
        return new SelectedSnapshot(metadata, _codec.Read(row.Payload, row.SerializerId, row.Manifest));
    }

    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot)
    {
        var payload = _codec.Write(snapshot);
        return Submit(new SaveSnapshotRow(new SnapshotRow(
            metadata.PersistenceId, metadata.SequenceNr, metadata.Timestamp.Ticks, payload.SerializerId,
            payload.Manifest, payload.Bytes)));
    }

    protected override Task DeleteAsync(SnapshotMetadata metadata)
    {
        var any = metadata.Timestamp == DateTime.MinValue;
        return Submit(new DeleteSnapshotRows(metadata.PersistenceId, new SnapshotBounds(
            metadata.SequenceNr, metadata.SequenceNr,
            any ? 0 : metadata.Timestamp.Ticks, any ? long.MaxValue : metadata.Timestamp.Ticks)));
    }

    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria) =>
        Submit(new DeleteSnapshotRows(persistenceId, Bounds(criteria)));

    private static SnapshotBounds Bounds(SnapshotSelectionCriteria criteria) => new(
        criteria.MinSequenceNr, criteria.MaxSequenceNr,
        criteria.MinTimestamp.GetValueOrDefault().Ticks, criteria.MaxTimeStamp.Ticks);

    private Task Submit(AwaitedWrite write)
    {
        _store.Submit(write);
        return write.Outcome;
    }
}
