namespace Akka.Persistence.Snapshot;

/// <summary>Keeps snapshots in memory, as objects, as long as the actor system lives.</summary>
public class MemorySnapshotStore : SnapshotStore
{
    private readonly object _gate = new();

    protected virtual List<SnapshotEntry> Snapshots { get; } = [];

    protected override Task<SelectedSnapshot> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        lock (_gate)
        {
            var found = Snapshots
                .Where(entry => entry.PersistenceId == persistenceId && criteria.Matches(MetadataOf(entry)))
                .MaxBy(entry => entry.SequenceNr);
            return Task.FromResult(found is null ? null! : new SelectedSnapshot(MetadataOf(found), found.Snapshot));
        }
    }

    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        lock (_gate)
        {
            Snapshots.RemoveAll(entry => IsOf(entry, metadata));
            Snapshots.Add(new SnapshotEntry
            {
                Id = $"{metadata.PersistenceId}_{metadata.SequenceNr}",
                PersistenceId = metadata.PersistenceId,
                SequenceNr = metadata.SequenceNr,
                Timestamp = metadata.Timestamp.Ticks,
                Snapshot = snapshot,
            });
        }

        return Task.CompletedTask;
    }

    protected override Task DeleteAsync(SnapshotMetadata metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        lock (_gate)
        {
            Snapshots.RemoveAll(entry => IsOf(entry, metadata)
                && (metadata.Timestamp == DateTime.MinValue || entry.Timestamp == metadata.Timestamp.Ticks));
        }

        return Task.CompletedTask;
    }

    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria)
    {
        lock (_gate)
        {
            Snapshots.RemoveAll(entry => entry.PersistenceId == persistenceId && criteria.Matches(MetadataOf(entry)));
        }

        return Task.CompletedTask;
    }

    private static bool IsOf(SnapshotEntry entry, SnapshotMetadata metadata) =>
        entry.PersistenceId == metadata.PersistenceId && entry.SequenceNr == metadata.SequenceNr;

    private static SnapshotMetadata MetadataOf(SnapshotEntry entry) =>
        new(entry.PersistenceId, entry.SequenceNr, new DateTime(entry.Timestamp, DateTimeKind.Utc));
}

/// <summary>One snapshot in memory.</summary>
public class SnapshotEntry
{
    public string Id { get; set; } = "";

    public string PersistenceId { get; set; } = "";

    public long SequenceNr { get; set; }

    /// <summary>Ticks of UTC.</summary>
    public long Timestamp { get; set; }

    public object Snapshot { get; set; } = null!;
}
