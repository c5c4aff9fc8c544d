using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>What is published to the topic from now on goes to the actor, until it ends or unsubscribes.</summary>
public sealed class Subscribe : IEquatable<Subscribe>
{
    /// <param name="topic">Any text that is not empty.</param>
    /// <param name="ref">Who receives.</param>
    /// <param name="group">With a group: one of its members gets what is published to each group.</param>
    public Subscribe(string topic, IActorRef @ref, string? group = null)
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

    public bool Equals(Subscribe? other) =>
        other is not null && Topic == other.Topic && Group == other.Group && Equals(Ref, other.Ref);

    public override bool Equals(object? obj) => Equals(obj as Subscribe);

    public override int GetHashCode() => HashCode.Combine(Topic, Group, Ref);

    public override string ToString() => $"Subscribe<topic: {Topic}, group: {Group}, {Ref}>";
}

/// <summary>The subscription is known on this node; the others hear of it soon.</summary>
public sealed class SubscribeAck(Subscribe subscribe) : IDeadLetterSuppression, IEquatable<SubscribeAck>
{
    public Subscribe Subscribe { get; } = subscribe;

    public bool Equals(SubscribeAck? other) => other is not null && Subscribe.Equals(other.Subscribe);

    public override bool Equals(object? obj) => Equals(obj as SubscribeAck);

    public override int GetHashCode() => Subscribe.GetHashCode();

    public override string ToString() => $"SubscribeAck<{Subscribe}>";
}
