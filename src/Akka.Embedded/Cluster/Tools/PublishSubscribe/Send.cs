using Akka.Actor;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>To one of the actors that were <see cref="Put"/> under the path on any node.</summary>
/// <param name="path">Without address: <c>/user/name</c>.</param>
/// <param name="message">For the actor.</param>
/// <param name="localAffinity">The one on this node, if there is one.</param>
public sealed class Send(string path, object message, bool localAffinity = false)
    : IDistributedPubSubMessage, IWrappedMessage, IEquatable<Send>
{
    public string Path { get; } = path;

    public object Message { get; } = message;

    public bool LocalAffinity { get; } = localAffinity;

    public bool Equals(Send? other) =>
        other is not null && Path == other.Path && Equals(Message, other.Message)
        && LocalAffinity == other.LocalAffinity;

    public override bool Equals(object? obj) => Equals(obj as Send);

    public override int GetHashCode() => HashCode.Combine(Path, Message, LocalAffinity);

    public override string ToString() => $"Send<path: {Path}, local affinity: {LocalAffinity}, {Message}>";
}
