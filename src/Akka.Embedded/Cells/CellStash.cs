namespace Akka.Actor;

/// <summary>The stash of one actor; lives as long as the actor's instance.</summary>
internal sealed class CellStash : IStash
{
    private readonly ActorCell _cell;
    private LinkedList<Stashed>? _stashed;
    private long _lastDelivery;

    internal CellStash(ActorCell cell)
    {
        _cell = cell;
        cell.Stash = this;
        Capacity = cell.SystemImpl.MailboxTypes.StashCapacity(cell.Props, cell.Dispatcher);
    }

    public int Count => _stashed?.Count ?? 0;

    public bool IsEmpty => Count == 0;

    public bool NonEmpty => Count > 0;

    public bool IsFull => Capacity > 0 && Count >= Capacity;

    public int Capacity { get; }

    public void Stash()
    {
        var message = _cell.CurrentMessage
            ?? throw new IllegalActorStateException("There is no current message that could be stashed.");
        if (_cell.CurrentDelivery == _lastDelivery)
            throw new IllegalActorStateException($"The message {message} is in the stash already.");
        if (IsFull)
            throw new StashOverflowException(
                $"The stash of {_cell.Self} holds {Capacity} messages, as many as it may; {message} does not fit.");
        _lastDelivery = _cell.CurrentDelivery;
        (_stashed ??= new LinkedList<Stashed>()).AddLast(new Stashed(message, _cell.Sender));
    }

    public void Unstash()
    {
        if (_stashed?.First is not { } first)
            return;
        _stashed.RemoveFirst();
        PutBack(first.Value);
    }

    public void UnstashAll() => UnstashAll(static _ => true);

    public void UnstashAll(Func<Envelope, bool> predicate)
    {
        var stashed = _stashed;
        _stashed = null;
        for (var node = stashed?.Last; node is not null; node = node.Previous)
        {
            if (predicate(new Envelope(node.Value.Message, node.Value.Sender)))
                PutBack(node.Value);
        }
    }

    public IEnumerable<Envelope> ClearStash()
    {
        var stashed = _stashed;
        _stashed = null;
        return stashed is null ? [] : [.. stashed.Select(each => new Envelope(each.Message, each.Sender))];
    }

    public void Prepend(IEnumerable<Envelope> envelopes)
    {
        foreach (var envelope in envelopes.Distinct().Reverse())
            (_stashed ??= new LinkedList<Stashed>()).AddFirst(new Stashed(envelope.Message, envelope.Sender));
    }

    private void PutBack(Stashed stashed)
    {
        _cell.PutInFront(stashed.Message, stashed.Sender);
        if (stashed.Message is Terminated terminated)
            _cell.ExpectTerminated(terminated.ActorRef);
    }

    private readonly record struct Stashed(object Message, IActorRef Sender);
}
