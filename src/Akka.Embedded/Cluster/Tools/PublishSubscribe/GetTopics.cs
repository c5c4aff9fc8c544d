using System.Collections.Immutable;

namespace Akka.Cluster.Tools.PublishSubscribe;

/// <summary>Answered with <see cref="CurrentTopics"/>.</summary>
public sealed class GetTopics
{
    private GetTopics()
    {
    }

    public static GetTopics Instance { get; } = new();
}

/// <summary>The topics that have a subscriber somewhere, as far as this node has heard.</summary>
public sealed class CurrentTopics(IImmutableSet<string> topics) : IEquatable<CurrentTopics>
{
    public IImmutableSet<string> Topics { get; } = topics;

    public bool Equals(CurrentTopics? other) => other is not null && Topics.SetEquals(other.Topics);

    public override bool Equals(object? obj) => Equals(obj as CurrentTopics);

    public override int GetHashCode() => Topics.Count;

    public override string ToString() => $"CurrentTopics<{string.Join(", ", Topics)}>";
}
