using Akka.Actor;

namespace Akka.Persistence;

/// <summary>Answers <see cref="Eventsourced.DeleteSnapshot"/>: the snapshot is gone.</summary>
public sealed class DeleteSnapshotSuccess(SnapshotMetadata metadata)
    : INoSerializationVerificationNeeded, IEquatable<DeleteSnapshotSuccess>
{
    public SnapshotMetadata Metadata { get; } = metadata;

    public bool Equals(DeleteSnapshotSuccess? other) => other is not null && Equals(Metadata, other.Metadata);

    public override bool Equals(object? obj) => Equals(obj as DeleteSnapshotSuccess);

    public override int GetHashCode() => Metadata.GetHashCode();

    public override string ToString() => $"Deleted: {Metadata}";
}

/// <summary>Answers <see cref="Eventsourced.DeleteSnapshot"/>: whether the snapshot is gone is unknown.</summary>
public sealed class DeleteSnapshotFailure(SnapshotMetadata metadata, Exception cause)
    : INoSerializationVerificationNeeded
{
    public SnapshotMetadata Metadata { get; } = metadata;

    public Exception Cause { get; } = cause;

    public override string ToString() => $"Not deleted: {Metadata}: {Cause.Message}";
}

/// <summary>Answers <see cref="Eventsourced.DeleteSnapshots"/>: the snapshots are gone.</summary>
public sealed class DeleteSnapshotsSuccess(SnapshotSelectionCriteria criteria)
    : INoSerializationVerificationNeeded, IEquatable<DeleteSnapshotsSuccess>
{
    public SnapshotSelectionCriteria Criteria { get; } = criteria;

    public bool Equals(DeleteSnapshotsSuccess? other) => other is not null && Equals(Criteria, other.Criteria);

    public override bool Equals(object? obj) => Equals(obj as DeleteSnapshotsSuccess);

    public override int GetHashCode() => Criteria.GetHashCode();

    public override string ToString() => $"Deleted: {Criteria}";
}

/// <summary>Answers <see cref="Eventsourced.DeleteSnapshots"/>: whether the snapshots are gone is unknown.</summary>
public sealed class DeleteSnapshotsFailure(SnapshotSelectionCriteria criteria, Exception cause)
    : INoSerializationVerificationNeeded
{
    public SnapshotSelectionCriteria Criteria { get; } = criteria;

    public Exception Cause { get; } = cause;

    public override string ToString() => $"Not deleted: {Criteria}: {Cause.Message}";
}
