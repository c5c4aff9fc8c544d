namespace Akka.Actor;

/// <summary>Asks whoever is at a path for its reference; answered with <see cref="ActorIdentity"/>.</summary>
public sealed class Identify : IAutoReceivedMessage, INotInfluenceReceiveTimeout
{
    public Identify(object? messageId) => MessageId = messageId!;

    public object MessageId { get; }

    public override bool Equals(object? obj) => obj is Identify other && Equals(MessageId, other.MessageId);

    public override int GetHashCode() => MessageId?.GetHashCode() ?? 0;

    public override string ToString() => $"<Identify>: {MessageId}";
}

/// <summary>Answer to <see cref="Identify"/>; the subject is null when nobody is there.</summary>
public sealed class ActorIdentity
{
    public ActorIdentity(object? messageId, IActorRef? subject)
    {
        MessageId = messageId!;
        Subject = subject!;
    }

    public object MessageId { get; }

    public IActorRef Subject { get; }

    public override bool Equals(object? obj) =>
        obj is ActorIdentity other && Equals(MessageId, other.MessageId) && Equals(Subject, other.Subject);

    public override int GetHashCode() => HashCode.Combine(MessageId, Subject);

    public override string ToString() => $"<ActorIdentity>: {MessageId} - {Subject}";
}
