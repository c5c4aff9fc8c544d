using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>Messages set aside until the actor is ready for them.</summary>
public interface IStash
{
    int Count { get; }

    bool IsEmpty { get; }

    bool NonEmpty { get; }

    bool IsFull { get; }

    /// <summary>-1: without limit.</summary>
    int Capacity { get; }

    /// <summary>Sets the current message aside.</summary>
    void Stash();

    void Unstash();

    /// <summary>Puts all of them, in their order, in front of the mailbox.</summary>
    void UnstashAll();

    void UnstashAll(Func<Envelope, bool> predicate);

    IEnumerable<Envelope> ClearStash();

    void Prepend(IEnumerable<Envelope> envelopes);
}

public interface IActorStash
{
    IStash Stash { get; set; }
}

public interface IWithUnrestrictedStash : IActorStash
{
}

/// <summary>The engine gives this actor a stash before it starts.</summary>
public interface IWithStash : IWithUnrestrictedStash, IRequiresMessageQueue<IDequeBasedMessageQueueSemantics>
{
}

/// <summary>The engine gives this actor a stash without limit before it starts.</summary>
public interface IWithUnboundedStash : IWithUnrestrictedStash,
    IRequiresMessageQueue<IUnboundedDequeBasedMessageQueueSemantics>
{
}
