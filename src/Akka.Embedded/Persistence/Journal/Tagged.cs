using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Akka.Persistence.Journal;

/// <summary>An event with tags, made by a write adapter; the tags are stored beside the event.</summary>
[SuppressMessage("Usage", "CA2231", Justification = "Akka.NET's type has no operators.")]
public readonly struct Tagged
{
    public Tagged(object payload, IEnumerable<string> tags) : this(payload, tags.ToImmutableHashSet())
    {
    }

    public Tagged(object payload, IImmutableSet<string> tags)
    {
        Payload = payload;
        Tags = tags;
    }

    public object Payload { get; }

    public IImmutableSet<string> Tags { get; }

    public override bool Equals(object? obj) =>
        obj is Tagged other && Equals(Payload, other.Payload) && Tags.SetEquals(other.Tags);

    public override int GetHashCode() => Payload?.GetHashCode() ?? 0;
}
