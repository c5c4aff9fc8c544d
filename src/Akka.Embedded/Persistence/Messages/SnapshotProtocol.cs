using Akka.Actor;

namespace Akka.Persistence;

/// <summary>Between a persistent actor and its snapshot store.</summary>
internal abstract class SnapshotProtocol : INoSerializationVerificationNeeded
{
    private SnapshotProtocol()
    {
    }

    internal sealed class Load(string persistenceId, SnapshotSelectionCriteria criteria, long toSequenceNr)
        : SnapshotProtocol
    {
        public string PersistenceId { get; } = persistenceId;

        public SnapshotSelectionCriteria Criteria { get; } = criteria;

        public long ToSequenceNr { get; } = toSequenceNr;
    }

    internal sealed class Loaded(SelectedSnapshot? snapshot, long toSequenceNr) : SnapshotProtocol
    {
        public SelectedSnapshot? Snapshot { get; } = snapshot;

        public long ToSequenceNr { get; } = toSequenceNr;
    }

    internal sealed class LoadFailed(Exception cause) : SnapshotProtocol
    {
        public Exception Cause { get; } = cause;
    }

    internal sealed class Save(SnapshotMetadata metadata, object snapshot) : SnapshotProtocol
    {
        public SnapshotMetadata Metadata { get; } = metadata;

        public object Snapshot { get; } = snapshot;
    }

    internal sealed class DeleteOne(SnapshotMetadata metadata) : SnapshotProtocol
    {
        public SnapshotMetadata Metadata { get; } = metadata;
    }

    internal sealed class DeleteMany(string persistenceId, SnapshotSelectionCriteria criteria) : SnapshotProtocol
    {
        public string PersistenceId { get; } = persistenceId;

        public SnapshotSelectionCriteria Criteria { get; } = criteria;
    }
}
