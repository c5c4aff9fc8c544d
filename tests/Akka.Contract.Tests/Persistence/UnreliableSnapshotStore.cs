using Akka.Persistence;
using Akka.Persistence.Snapshot;

namespace Akka.Contract.Tests.Persistence;

/// <summary>A snapshot store that cannot save some snapshots, and cannot load those of some actors.</summary>
public sealed class UnreliableSnapshotStore : MemorySnapshotStore
{
    public const string Unsavable = "unsavable";
    public const string UnloadableId = "unloadable";

    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot) => Equals(snapshot, Unsavable)
        ? Task.FromException(new IOException("no room"))
        : base.SaveAsync(metadata, snapshot);

    protected override Task<SelectedSnapshot> LoadAsync(string persistenceId, SnapshotSelectionCriteria criteria) =>
        persistenceId == UnloadableId
            ? Task.FromException<SelectedSnapshot>(new IOException("unreadable"))
            : base.LoadAsync(persistenceId, criteria);
}
