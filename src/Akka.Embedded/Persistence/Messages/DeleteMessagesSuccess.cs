using Akka.Actor;

namespace Akka.Persistence;

/// <summary>Answers <see cref="Eventsourced.DeleteMessages"/>: the events are gone.</summary>
public sealed class DeleteMessagesSuccess(long toSequenceNr) : IEquatable<DeleteMessagesSuccess>
{
    public long ToSequenceNr { get; } = toSequenceNr;

    public bool Equals(DeleteMessagesSuccess? other) => other?.ToSequenceNr == ToSequenceNr;

    public override bool Equals(object? obj) => Equals(obj as DeleteMessagesSuccess);

    public override int GetHashCode() => ToSequenceNr.GetHashCode();

    public override string ToString() => $"Events up to {ToSequenceNr} are deleted";
}

/// <summary>Answers <see cref="Eventsourced.DeleteMessages"/>: whether the events are gone is unknown.</summary>
public sealed class DeleteMessagesFailure(Exception cause, long toSequenceNr) : INoSerializationVerificationNeeded
{
    public Exception Cause { get; } = cause;

    public long ToSequenceNr { get; } = toSequenceNr;

    public override string ToString() => $"Events up to {ToSequenceNr} are not deleted: {Cause.Message}";
}
