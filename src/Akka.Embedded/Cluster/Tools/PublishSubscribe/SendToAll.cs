using Akka.Actor;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>To all actors that were <see cref="Put"/> under the path, one a node.</summary>
/// <param name="path">Without address: <c>/user/name</c>.</param>
/// <param name="message">For the actors.</param>
/// <param name="excludeSelf">Not to the one on this node.</param>
public sealed class SendToAll(string path, object message, bool excludeSelf = false)
    : IDistributedPubSubMessage, IWrappedMessage, IEquatable<SendToAll>
{
    public string Path { get; } = path;

    public object Message { get; } = message;

    public bool ExcludeSelf { get; } = excludeSelf;

    public bool Equals(SendToAll? other) =>
        other is not null && Path == other.Path && Equals(Message, other.Message) && ExcludeSelf == other.ExcludeSelf;

    public override bool Equals(object? obj) => Equals(obj as SendToAll);

    public override int GetHashCode() => HashCode.Combine(Path, Message, ExcludeSelf);

    public override string ToString() => $"SendToAll<path: {Path}, exclude self: {ExcludeSelf}, {Message}>";
}
