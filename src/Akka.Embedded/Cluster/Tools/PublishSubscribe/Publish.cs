using Akka.Actor;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>
/// To all subscribers of the topic that have no group; or, if <see cref="SendOneMessageToEachGroup"/>, to one of each
/// group and to none without a group.
/// </summary>
public sealed class Publish(string topic, object message, bool sendOneMessageToEachGroup = false)
    : IDistributedPubSubMessage, IWrappedMessage, IEquatable<Publish>
{
    public string Topic { get; } = topic;

    public object Message { get; } = message;

    public bool SendOneMessageToEachGroup { get; } = sendOneMessageToEachGroup;

    public bool Equals(Publish? other) =>
        other is not null && Topic == other.Topic && Equals(Message, other.Message)
        && SendOneMessageToEachGroup == other.SendOneMessageToEachGroup;

    public override bool Equals(object? obj) => Equals(obj as Publish);

    public override int GetHashCode() => HashCode.Combine(Topic, Message, SendOneMessageToEachGroup);

    public override string ToString() =>
        $"Publish<topic: {Topic}, to each group: {SendOneMessageToEachGroup}, {Message}>";
}
