using Akka.Actor;
using Akka.Event;

namespace Akka.Persistence;

/// <summary>Start, restart, end.</summary>
public abstract partial class Eventsourced
{
    /// <summary>Answers of the store that wait in a stash are of no use to a later incarnation.</summary>
    public static readonly Func<Envelope, bool> UnstashFilterPredicate = static envelope =>
        envelope.Message is not (JournalProtocol or SnapshotProtocol);

    public override void AroundPreStart()
    {
        if (PersistenceId is null)
        {
            throw new ActorInitializationException($"{GetType()} at {Self.Path} has no PersistenceId.");
        }

        // A plugin that is not there is found here, not with the first event.
        _ = Journal;
        _ = SnapshotStore;
        RequestRecoveryPermit();
        base.AroundPreStart();
    }

    public override void AroundPreRestart(Exception cause, object? message)
    {
        try
        {
            GiveBackStashes();
        }
        finally
        {
            Flush();
            base.AroundPreRestart(cause, message switch
            {
                JournalProtocol.Written written => written.Persistent.Payload,
                JournalProtocol.Deferred deferred => deferred.Payload,
                _ => message,
            });
        }
    }

    public override void AroundPostRestart(Exception cause, object? message)
    {
        RequestRecoveryPermit();
        base.AroundPostRestart(cause, message);
    }

    public override void AroundPostStop()
    {
        try
        {
            GiveBackStashes();
        }
        finally
        {
            base.AroundPostStop();
        }
    }

    protected override void Unhandled(object message)
    {
        switch (message)
        {
            case RecoveryCompleted:
                return;
            case SaveSnapshotFailure failure:
                Log.Warning("{0}", failure);
                break;
            case DeleteSnapshotFailure failure:
                Log.Warning("{0}", failure);
                break;
            case DeleteSnapshotsFailure failure:
                Log.Warning("{0}", failure);
                break;
            case DeleteMessagesFailure failure:
                Log.Warning("'{0}': {1}", PersistenceId, failure);
                break;
        }

        base.Unhandled(message);
    }

    private void GiveBackStashes()
    {
        EndRecovery();
        _waiting.UnstashAll(ActorCell.RequireCurrent());
        _stash?.UnstashAll(UnstashFilterPredicate);
    }
}
