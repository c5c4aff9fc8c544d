using System.Collections.Immutable;
using Akka.Event;
using Akka.Persistence;
using ClusterScheduler.Core.Decisions;

namespace ClusterScheduler.Runtime.Cycles;

/// <summary>
/// An actor whose state is the sum of its stored events: a shell around deciders, with a cycle. A
/// failed write stops it; whoever supervises it starts it again, and it recovers.
/// </summary>
public abstract class DurableActor<TState, TEvent, TEffect> : ReceivePersistentActor, ICycleHost<TEvent, TEffect>
    where TEvent : IStoredEvent
{
    private readonly Cycle<TState, TEvent, TEffect> cycle;

    protected DurableActor(string persistenceId, TState initial, Func<TState, TEvent, TState> apply)
    {
        PersistenceId = persistenceId;
        cycle = new Cycle<TState, TEvent, TEffect>(initial, apply, this);
        Recover<TEvent>(cycle.Recover);
        Recover<RecoveryCompleted>(_ => OnRecovered());
    }

    /// <inheritdoc/>
    public override string PersistenceId { get; }

    /// <summary>The state as of the last stored event.</summary>
    protected TState State => cycle.State;

    protected ILoggingAdapter Logger { get; } = Context.GetLogger();

    void ICycleHost<TEvent, TEffect>.Store(ImmutableArray<TEvent> events, Action<TEvent> stored) =>
        PersistAll(events, stored);

    void ICycleHost<TEvent, TEffect>.Act(TEffect effect) => Act(effect);

    void ICycleHost<TEvent, TEffect>.Answer(IActorRef asker, object answer) => Answer(asker, answer);

    /// <summary>Carries out a decision made on <see cref="State"/>; <paramref name="done"/> runs after it.</summary>
    protected void Run(Decision<TEvent, TEffect> decision, Action<object?>? done = null) =>
        cycle.Run(decision, Sender, done);

    /// <summary>Everything stored has been read.</summary>
    protected virtual void OnRecovered()
    {
    }

    /// <summary>Does one decided effect.</summary>
    protected virtual void Act(TEffect effect)
    {
    }

    /// <summary>Turns a decided answer into a message; here nothing is said.</summary>
    protected virtual void Answer(IActorRef asker, object answer)
    {
    }

    /// <summary>
    /// An event that cannot be written is a fault of the program: what was decided must not look done.
    /// </summary>
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        Logger.Error(cause, "{0} has an event that cannot be stored, {1}; it stops and recovers",
            PersistenceId, @event.GetType().Name);
        Context.Stop(Self);
    }

    /// <inheritdoc/>
    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Logger.Error(cause, "{0} cannot store {1} as number {2}; it stops and recovers",
            PersistenceId, @event.GetType().Name, sequenceNr);
}
