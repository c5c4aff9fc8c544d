using Akka.Actor;
using Akka.Event;

namespace Akka.Persistence;

/// <summary>
/// An actor whose state follows from stored events. It recovers before it handles commands: the latest snapshot, then
/// the events after it. Persist stores an event and then calls its handler; until then, later commands wait, except
/// with the Async forms. Handlers run in the order of the calls, with the sender of the command they belong to.
/// </summary>
public abstract partial class Eventsourced : ActorBase, IPersistentIdentity, IPersistenceStash, IPersistenceRecovery
{
    private static int s_instances;

    private readonly int _instance = Interlocked.Increment(ref s_instances);
    private readonly InternalStash _waiting;
    private PersistentStash? _stash;
    private ILoggingAdapter? _log;
    private IActorRef? _journal;
    private IActorRef? _snapshotStore;

    protected Eventsourced()
    {
        Extension = Persistence.Instance.Apply(Context.System);
        var cell = ActorCell.RequireCurrent();
        _waiting = new InternalStash(cell.SystemImpl.MailboxTypes.StashCapacity(cell.Props, cell.Dispatcher));
    }

    protected PersistenceExtension Extension { get; }

    protected virtual ILoggingAdapter Log => _log ??= Context.GetLogger();

    public abstract string PersistenceId { get; }

    public virtual Recovery Recovery => Recovery.Default;

    public virtual IStashOverflowStrategy InternalStashOverflowStrategy =>
        Extension.DefaultInternalStashOverflowStrategy;

    /// <summary>The user's stash; the engine sets it before the actor starts.</summary>
    public IStash Stash
    {
        get => _stash!;
        set => _stash = new PersistentStash(value, _waiting);
    }

    public string JournalPluginId { get; protected set; } = "";

    public string SnapshotPluginId { get; protected set; } = "";

    public IActorRef Journal => _journal ??= Extension.JournalFor(JournalPluginId);

    public IActorRef SnapshotStore => _snapshotStore ??= Extension.SnapshotStoreFor(SnapshotPluginId);

    public string SnapshotterId => PersistenceId;

    public bool IsRecovering => _phase < Phase.Completing;

    public bool IsRecoveryFinished => !IsRecovering;

    /// <summary>The number of the event that was handled last.</summary>
    public long LastSequenceNr { get; private set; }

    public long SnapshotSequenceNr => LastSequenceNr;

    public void LoadSnapshot(string persistenceId, SnapshotSelectionCriteria criteria, long toSequenceNr) =>
        SnapshotStore.Tell(new SnapshotProtocol.Load(persistenceId, criteria, toSequenceNr), Self);

    /// <summary>Answered by <see cref="SaveSnapshotSuccess"/> or <see cref="SaveSnapshotFailure"/>.</summary>
    public void SaveSnapshot(object snapshot)
    {
        var now = Context.System.Scheduler.Now.UtcDateTime;
        var metadata = new SnapshotMetadata(SnapshotterId, SnapshotSequenceNr, now);
        SnapshotStore.Tell(new SnapshotProtocol.Save(metadata, snapshot), Self);
    }

    /// <summary>Answered by <see cref="DeleteSnapshotSuccess"/> or <see cref="DeleteSnapshotFailure"/>.</summary>
    public void DeleteSnapshot(long sequenceNr) =>
        SnapshotStore.Tell(new SnapshotProtocol.DeleteOne(new SnapshotMetadata(SnapshotterId, sequenceNr)), Self);

    /// <summary>Answered by <see cref="DeleteSnapshotsSuccess"/> or <see cref="DeleteSnapshotsFailure"/>.</summary>
    public void DeleteSnapshots(SnapshotSelectionCriteria criteria) =>
        SnapshotStore.Tell(new SnapshotProtocol.DeleteMany(SnapshotterId, criteria), Self);

    /// <summary>Answered by <see cref="DeleteMessagesSuccess"/> or <see cref="DeleteMessagesFailure"/>.</summary>
    public void DeleteMessages(long toSequenceNr)
    {
        if (toSequenceNr == long.MaxValue || toSequenceNr <= LastSequenceNr)
        {
            var last = Math.Min(toSequenceNr, LastSequenceNr);
            Journal.Tell(new JournalProtocol.DeleteTo(PersistenceId, last, Self), Self);
        }
        else
        {
            var cause = new InvalidOperationException(
                $"Events up to {toSequenceNr} cannot be deleted: the last event is {LastSequenceNr}.");
            Self.Tell(new DeleteMessagesFailure(cause, toSequenceNr), Self);
        }
    }

    /// <summary>Takes a snapshot, each replayed event, and <see cref="RecoveryCompleted"/>.</summary>
    protected abstract bool ReceiveRecover(object message);

    protected abstract bool ReceiveCommand(object message);

    protected virtual void OnReplaySuccess()
    {
    }

    /// <summary>The recovery cannot go on. The actor is stopped after this.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="message">The event whose handler failed; null when the store failed.</param>
    protected virtual void OnRecoveryFailure(Exception reason, object? message = null)
    {
        if (message is null)
        {
            Log.Error(reason, "'{0}' cannot recover; the last event it saw is {1}.", PersistenceId, LastSequenceNr);
        }
        else
        {
            Log.Error(reason, "'{0}' cannot recover: event {1}, a {2}, made it fail.",
                PersistenceId, LastSequenceNr, message.GetType());
        }
    }

    /// <summary>Whether the event is stored is unknown. The actor is stopped after this.</summary>
    protected virtual void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Log.Error(cause, "Event {0} of '{1}', a {2}, could not be stored; the actor stops.",
            sequenceNr, PersistenceId, @event.GetType());

    /// <summary>The event is not stored and never will be. The actor goes on.</summary>
    protected virtual void OnPersistRejected(Exception cause, object @event, long sequenceNr) =>
        Log.Error(cause, "Event {0} of '{1}', a {2}, was refused by the journal: {3}",
            sequenceNr, PersistenceId, @event.GetType(), cause.Message);
}
