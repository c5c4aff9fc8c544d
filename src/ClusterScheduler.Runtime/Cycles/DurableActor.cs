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
    private readonly SnapshotRule snapshots;
    private int eventsSinceSnapshot;
    private long lastSnapshot;

    protected DurableActor(
        string persistenceId, TState initial, Func<TState, TEvent, TState> apply, SnapshotRule snapshots = default)
    {
        PersistenceId = StoredName.Of(persistenceId);
        this.snapshots = snapshots;
        cycle = new Cycle<TState, TEvent, TEffect>(initial, apply, this);
        Recover<SnapshotOffer>(offer =>
        {
            lastSnapshot = offer.Metadata.SequenceNr;
            cycle.Restore(FromSnapshot((IStoredSnapshot)offer.Snapshot));
        });
        Recover<TEvent>(@event =>
        {
            eventsSinceSnapshot++;
            cycle.Recover(@event);
        });
        Recover<RecoveryCompleted>(_ => OnRecovered());
    }

    /// <inheritdoc/>
    public override string PersistenceId { get; }

    /// <summary>The state as of the last stored event.</summary>
    protected TState State => cycle.State;

    protected ILoggingAdapter Logger { get; } = Context.GetLogger();

    /// <summary>Events with this number or a higher one are never deleted; none: all may be.</summary>
    protected virtual long? KeepEventsFrom => null;

    void ICycleHost<TEvent, TEffect>.Store(ImmutableArray<TEvent> events, Action<TEvent> stored) =>
        PersistAll(events, @event =>
        {
            eventsSinceSnapshot++;
            stored(@event);
        });

    void ICycleHost<TEvent, TEffect>.Act(TEffect effect) => Act(effect);

    void ICycleHost<TEvent, TEffect>.Answer(IActorRef asker, object answer) => Answer(asker, answer);

    /// <summary>Carries out a decision made on <see cref="State"/>; <paramref name="done"/> runs after it.</summary>
    protected void Run(Decision<TEvent, TEffect> decision, Action<object?>? done = null) =>
        cycle.Run(decision, Sender, snapshots.Every == 0 ? done : answer =>
        {
            done?.Invoke(answer);
            TakeSnapshot();
        });

    /// <summary>What the snapshot store tells; to be called wherever commands are registered, also after Become.
    /// </summary>
    protected void TendSnapshots()
    {
        Command<SaveSnapshotSuccess>(saved => DropBefore(saved.Metadata.SequenceNr));
        Command<SaveSnapshotFailure>(failed => Logger.Warning(
            "{0} saved no snapshot, so its recovery takes longer: {1}", PersistenceId, failed.Cause.Message));
        Command<DeleteMessagesSuccess>(static _ => { });
        Command<DeleteMessagesFailure>(failed => Logger.Warning(
            "events of {0} before its snapshot stay in the journal: {1}", PersistenceId, failed.Cause.Message));
        Command<DeleteSnapshotsSuccess>(static _ => { });
        Command<DeleteSnapshotsFailure>(failed => Logger.Warning(
            "older snapshots of {0} stay: {1}", PersistenceId, failed.Cause.Message));
    }

    /// <summary>The present state as it is stored whole.</summary>
    protected virtual IStoredSnapshot ToSnapshot() =>
        throw new NotSupportedException($"{PersistenceId} has no snapshots");

    /// <summary>The state that was stored whole.</summary>
    protected virtual TState FromSnapshot(IStoredSnapshot snapshot) =>
        throw new NotSupportedException($"{PersistenceId} has no snapshots; there is a {snapshot.GetType().Name}");

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

    private void TakeSnapshot()
    {
        if (eventsSinceSnapshot >= snapshots.Every)
        {
            eventsSinceSnapshot = 0;
            SaveSnapshot(ToSnapshot());
        }
    }

    /// <summary>
    /// The snapshot before the newest stays, with the events that lead from it to the newest: one that cannot be read
    /// loses nothing, and the next write of an older incarnation, frozen and come back, still meets a number that is
    /// taken.
    /// </summary>
    private void DropBefore(long newest)
    {
        if (lastSnapshot > 0 && newest > lastSnapshot)
        {
            DeleteMessages(Math.Min(lastSnapshot, (KeepEventsFrom ?? long.MaxValue) - 1));
            DeleteSnapshots(new SnapshotSelectionCriteria(lastSnapshot - 1));
        }

        lastSnapshot = newest;
    }
}
