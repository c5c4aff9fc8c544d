using Akka.Actor;

namespace Akka.Cluster.Tools.PublishSubscribe.Spreading;

/// <summary>For those of the receiving node that the entry names.</summary>
internal sealed class Delivery(Entry to, object message) : IDistributedPubSubMessage, IWrappedMessage
{
    internal Entry To { get; } = to;

    public object Message { get; } = message;

    /// <summary>Written once, however many nodes it goes to.</summary>
    internal byte[]? Bytes { get; set; }
}
