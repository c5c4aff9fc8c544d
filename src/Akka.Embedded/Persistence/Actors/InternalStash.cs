using Akka.Actor;

namespace Akka.Persistence;

/// <summary>Commands that came while the actor was recovering or waiting for its journal, in order.</summary>
internal sealed class InternalStash(int capacity)
{
    private LinkedList<Envelope>? _stashed;

    public void Stash(ActorCell cell)
    {
        if (capacity > 0 && _stashed?.Count >= capacity)
        {
            throw new StashOverflowException(
                $"{cell.Self} waits for its journal, and {capacity} commands wait for it already (stash-capacity).");
        }

        (_stashed ??= new LinkedList<Envelope>()).AddLast(new Envelope(cell.CurrentMessage!, cell.Sender));
    }

    /// <summary>Puts the first one in front of the mailbox.</summary>
    public void Unstash(ActorCell cell)
    {
        if (_stashed?.First is { } first)
        {
            _stashed.RemoveFirst();
            PutInFront(cell, first.Value);
        }
    }

    public void UnstashAll(ActorCell cell)
    {
        for (var node = _stashed?.Last; node is not null; node = node.Previous)
        {
            PutInFront(cell, node.Value);
        }

        _stashed = null;
    }

    public void Prepend(IEnumerable<Envelope> envelopes)
    {
        foreach (var envelope in envelopes.Reverse())
        {
            (_stashed ??= new LinkedList<Envelope>()).AddFirst(envelope);
        }
    }

    private static void PutInFront(ActorCell cell, Envelope envelope)
    {
        cell.PutInFront(envelope.Message, envelope.Sender);
        if (envelope.Message is Terminated terminated)
        {
            cell.ExpectTerminated(terminated.ActorRef);
        }
    }
}
