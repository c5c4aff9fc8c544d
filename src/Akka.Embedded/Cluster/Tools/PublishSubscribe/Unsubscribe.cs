using Akka.Actor;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>Takes back a <see cref="Subscribe"/> with the same group.</summary>
public sealed class Unsubscribe : IEquatable<Unsubscribe>
{
    public Unsubscribe(string topic, IActorRef @ref, string? group = null)
    {
        if (string.IsNullOrEmpty(topic))
            throw new ArgumentException("A topic needs a name.", nameof(topic));
        Topic = topic;
        Ref = @ref;
        Group = group;
    }

    public string Topic { get; }

    public string? Group { get; }

    public IActorRef Ref { get; }

    public bool Equals(Unsubscribe? other) =>
        other is not null && Topic == other.Topic && Group == other.Group && Equals(Ref, other.Ref);

    public override bool Equals(object? obj) => Equals(obj as Unsubscribe);

    public override int GetHashCode() => HashCode.Combine(Topic, Group, Ref);

    public override string ToString() => $"Unsubscribe<topic: {Topic}, group: {Group}, {Ref}>";
}

/// <summary>Nothing more comes from this subscription.</summary>
public sealed class UnsubscribeAck(Unsubscribe unsubscribe) : IEquatable<UnsubscribeAck>
{
    public Unsubscribe Unsubscribe { get; } = unsubscribe;

    public bool Equals(UnsubscribeAck? other) => other is not null && Unsubscribe.Equals(other.Unsubscribe);

    public override bool Equals(object? obj) => Equals(obj as UnsubscribeAck);

    public override int GetHashCode() => Unsubscribe.GetHashCode();

    public override string ToString() => $"UnsubscribeAck<{Unsubscribe}>";
}
