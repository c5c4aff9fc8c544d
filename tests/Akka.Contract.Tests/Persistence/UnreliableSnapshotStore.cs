using Akka.Persistence;
using Akka.Persistence.Snapshot;

namespace Akka.Contract.Tests.Persistence;

/// <summary>A snapshot store that cannot save some snapshots, and cannot load those of some actors.</summary>
public sealed partial class UnreliableSnapshotStore : MemorySnapshotStore
{
    public const string Unsavable = "unsavable";
    public const string UnloadableId = "unloadable";

    private static Task Save(object snapshot, Func<Task> save) => Equals(snapshot, Unsavable)
        ? Task.FromException(new IOException("no room"))
        : save();

    private static Task<SelectedSnapshot> Load(string persistenceId, Func<Task<SelectedSnapshot>> load) =>
        persistenceId == UnloadableId
            ? Task.FromException<SelectedSnapshot>(new IOException("unreadable"))
            : load();
}
