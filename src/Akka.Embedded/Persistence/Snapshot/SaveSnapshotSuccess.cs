using Akka.Actor;

namespace Akka.Persistence;

/// <summary>Answers <see cref="Eventsourced.SaveSnapshot"/>: the snapshot is stored.</summary>
public sealed class SaveSnapshotSuccess(SnapshotMetadata metadata)
    : INoSerializationVerificationNeeded, IEquatable<SaveSnapshotSuccess>
{
    public SnapshotMetadata Metadata { get; } = metadata;

    public bool Equals(SaveSnapshotSuccess? other) => other is not null && Equals(Metadata, other.Metadata);

    public override bool Equals(object? obj) => Equals(obj as SaveSnapshotSuccess);

    public override int GetHashCode() => Metadata.GetHashCode();

    public override string ToString() => $"Stored: {Metadata}";
}

/// <summary>Answers <see cref="Eventsourced.SaveSnapshot"/>: the snapshot is not stored. The actor goes on.</summary>
public sealed class SaveSnapshotFailure(SnapshotMetadata metadata, Exception cause) : INoSerializationVerificationNeeded
{
    public SnapshotMetadata Metadata { get; } = metadata;

    public Exception Cause { get; } = cause;

    public override string ToString() => $"Not stored: {Metadata}: {Cause.Message}";
}
