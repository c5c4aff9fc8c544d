using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence.Serialization;

namespace Akka.Persistence;

/// <summary>What a persistent actor sends to its journal.</summary>
public interface IPersistentEnvelope
{
    object Payload { get; }

    IActorRef Sender { get; }

    int Size { get; }
}

/// <summary>Events of one persistent actor that are stored all or none.</summary>
public sealed class AtomicWrite : IPersistentEnvelope, IMessage
{
    private readonly IReadOnlyList<IPersistentRepresentation> _events;

    public AtomicWrite(IPersistentRepresentation @event)
    {
        ArgumentNullException.ThrowIfNull(@event);
        _events = [@event];
    }

    public AtomicWrite(IImmutableList<IPersistentRepresentation> payload)
        : this((IReadOnlyList<IPersistentRepresentation>)payload)
    {
    }

    internal AtomicWrite(IReadOnlyList<IPersistentRepresentation> events)
    {
        if (events is not { Count: > 0 })
        {
            throw new ArgumentException("A write needs at least one event.", nameof(events));
        }

        if (events.Any(@event => @event.PersistenceId != events[0].PersistenceId))
        {
            throw new ArgumentException("All events of one write must have the same persistence id.", nameof(events));
        }

        _events = events;
    }

    /// <summary>An immutable list of <see cref="IPersistentRepresentation"/>.</summary>
    public object Payload => _events as IImmutableList<IPersistentRepresentation> ?? [.. _events];

    public IActorRef Sender => ActorRefs.NoSender;

    public int Size => _events.Count;

    public string PersistenceId => _events[0].PersistenceId;

    public long LowestSequenceNr => _events[0].SequenceNr;

    public long HighestSequenceNr => _events[^1].SequenceNr;

    internal IReadOnlyList<IPersistentRepresentation> Events => _events;

    public override string ToString() => $"Events {LowestSequenceNr} to {HighestSequenceNr} of '{PersistenceId}'";
}

/// <summary>A deferred handler's argument: travels with the events, is not stored.</summary>
internal sealed class NonPersistentMessage(object payload, IActorRef sender) : IPersistentEnvelope
{
    public object Payload { get; } = payload;

    public IActorRef Sender { get; } = sender;

    public int Size => 1;
}
