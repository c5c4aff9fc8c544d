using Akka.Persistence;
using Akka.Persistence.Snapshot;

namespace ClusterScheduler.Simulation.Storage;

/// <summary>The snapshot plugin of a simulated node: asks the shared store.</summary>
internal sealed class SimulatedSnapshots : SnapshotStore
{
    private readonly NodeContext node = NodeContext.Of(Context.System);
    private readonly Akka.Serialization.Serialization serialization = Context.System.Serialization;

    protected override async Task<SelectedSnapshot> LoadAsync(
        string persistenceId, SnapshotSelectionCriteria criteria)
    {
        if (await node.Store.Snapshot(node.Node, persistenceId, criteria.MaxSequenceNr).ConfigureAwait(false)
            is not { } found)
        {
            return null!;
        }

        var snapshot = found.Payload is { } bytes
            ? serialization.Deserialize(bytes, found.SerializerId, found.Manifest)
            : found.Original;
        return new SelectedSnapshot(new SnapshotMetadata(persistenceId, found.Number), snapshot);
    }

    protected override Task SaveAsync(SnapshotMetadata metadata, object snapshot)
    {
        var serializer = serialization.FindSerializerFor(snapshot);
        return node.Store.Save(node.Node, metadata.PersistenceId, new StoredEvent(
            metadata.SequenceNr, serializer.Identifier,
            Akka.Serialization.Serialization.ManifestFor(serializer, snapshot),
            node.Node.Engine.SerializesAll ? serializer.ToBinary(snapshot) : null, snapshot));
    }

    protected override Task DeleteAsync(SnapshotMetadata metadata) => Task.CompletedTask;

    protected override Task DeleteAsync(string persistenceId, SnapshotSelectionCriteria criteria) =>
        Task.CompletedTask;
}
