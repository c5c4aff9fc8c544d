using System.Diagnostics.CodeAnalysis;

namespace Akka.Persistence.Journal;

/// <summary>What one stored event becomes when it is read.</summary>
public interface IEventSequence
{
    IEnumerable<object> Events { get; }
}

public interface IEmptyEventSequence : IEventSequence
{
}

public sealed class EmptyEventSequence : IEmptyEventSequence, IEquatable<IEventSequence>
{
    public static readonly EmptyEventSequence Instance = new();

    private EmptyEventSequence()
    {
    }

    public IEnumerable<object> Events => [];

    public bool Equals(IEventSequence? other) => other is EmptyEventSequence;

    public override bool Equals(object? obj) => obj is EmptyEventSequence;

    public override int GetHashCode() => 0;
}

public class EventSequence<T>(IEnumerable<object> events) : IEventSequence, IEquatable<IEventSequence>
{
    public IEnumerable<object> Events { get; } = events.ToArray();

    public bool Equals(IEventSequence? other) => other is not null && Events.SequenceEqual(other.Events);

    public override bool Equals(object? obj) => Equals(obj as IEventSequence);

    public override int GetHashCode() => Events.Aggregate(0, HashCode.Combine);
}

[SuppressMessage("Usage", "CA2231", Justification = "Akka.NET's type has no operators.")]
public readonly struct SingleEventSequence(object e) : IEventSequence, IEquatable<IEventSequence>
{
    private readonly object _event = e;

    public IEnumerable<object> Events => [_event];

    public bool Equals(IEventSequence? other) => other is not null && Events.SequenceEqual(other.Events);

    public override bool Equals(object? obj) => Equals(obj as IEventSequence);

    public override int GetHashCode() => _event?.GetHashCode() ?? 0;
}

public static class EventSequence
{
    public static readonly IEventSequence Empty = EmptyEventSequence.Instance;

    [SuppressMessage("Naming", "CA1720", Justification = "Akka.NET's name.")]
    public static IEventSequence Single(object e) => new SingleEventSequence(e);

    public static IEventSequence Create(params object[] events) => new EventSequence<object>(events);

    public static IEventSequence Create(IEnumerable<object> events) => new EventSequence<object>(events);
}
