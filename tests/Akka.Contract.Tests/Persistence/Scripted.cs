using Akka.Actor;
using Akka.Persistence;

namespace Akka.Contract.Tests.Persistence;

/// <summary>
/// A persistent actor whose commands are pieces of script, and which writes down what it sees: recovered events,
/// snapshots, and whatever the scripts note.
/// </summary>
internal sealed class Scripted(
    string persistenceId, Notes notes, Recovery? recovery, Scripted.Command? onCompleted) : UntypedPersistentActor
{
    public delegate void Command(Scripted actor);

    /// <summary>Fails when this event is recovered.</summary>
    public const string Poison = "poison";

    public override string PersistenceId => persistenceId;

    public override Recovery Recovery => recovery ?? Recovery.Default;

    public new IActorRef Sender => base.Sender;

    public IActorRef Me => Self;

    public void Note(string text) => notes.Add(text);

    public void Fail(string why) => throw new InvalidOperationException(why);

    public new void RunTask(Func<Task> work) => base.RunTask(work);

    public static Props Props(string id, Notes notes, Recovery? recovery = null, Command? onCompleted = null) =>
        Actor.Props.Create(() => new Scripted(id, notes, recovery, onCompleted));

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case Command command:
                command(this);
                break;
            case SaveSnapshotSuccess saved:
                Note($"saved {saved.Metadata.SequenceNr}");
                break;
            case SaveSnapshotFailure:
                Note("not saved");
                break;
            case DeleteMessagesSuccess deleted:
                Note($"deleted to {deleted.ToSequenceNr}");
                break;
            case DeleteMessagesFailure:
                Note("not deleted");
                break;
            case DeleteSnapshotSuccess deleted:
                Note($"deleted snapshot {deleted.Metadata.SequenceNr}");
                break;
            case DeleteSnapshotsSuccess deleted:
                Note($"deleted snapshots to {deleted.Criteria.MaxSequenceNr}");
                break;
            default:
                Note($"got {message}");
                break;
        }
    }

    protected override void OnRecover(object message)
    {
        switch (message)
        {
            case Poison:
                throw new InvalidOperationException("poisoned on purpose");
            case SnapshotOffer offer:
                Note($"snapshot {offer.Snapshot} at {offer.Metadata.SequenceNr}");
                break;
            case RecoveryCompleted:
                Note($"recovered {LastSequenceNr}");
                onCompleted?.Invoke(this);
                break;
            default:
                Note($"replayed {message}");
                break;
        }
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Note($"failed {@event} {sequenceNr}");

    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr) =>
        Note($"rejected {@event} {sequenceNr}");

    protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
        Note($"cannot recover {message}");

    protected override void PostStop()
    {
        Note("stopped");
        base.PostStop();
    }
}
