using Akka.Actor;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>
/// Makes an actor of this node known under its path; it is forgotten when it ends or is removed.
/// </summary>
public sealed class Put(IActorRef @ref) : IEquatable<Put>
{
    public IActorRef Ref { get; } = @ref;

    public bool Equals(Put? other) => other is not null && Equals(Ref, other.Ref);

    public override bool Equals(object? obj) => Equals(obj as Put);

    public override int GetHashCode() => Ref.GetHashCode();

    public override string ToString() => $"Put<{Ref}>";
}

/// <summary>Takes back a <see cref="Put"/>.</summary>
/// <param name="path">Without address: <c>/user/name</c>.</param>
public sealed class Remove(string path) : IEquatable<Remove>
{
    public string Path { get; } = path;

    public bool Equals(Remove? other) => other is not null && Path == other.Path;

    public override bool Equals(object? obj) => Equals(obj as Remove);

    public override int GetHashCode() => Path.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => $"Remove<{Path}>";
}
