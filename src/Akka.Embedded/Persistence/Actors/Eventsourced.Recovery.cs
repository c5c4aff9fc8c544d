using Akka.Actor;

namespace Akka.Persistence;

/// <summary>From the start to the first command.</summary>
public abstract partial class Eventsourced
{
    private RecoveryProgress? _progress;
    private Phase _phase;

    private enum Phase
    {
        WaitingForPermit,
        LoadingSnapshot,
        Replaying,

        /// <summary>RecoveryCompleted is being handled: events can be persisted already.</summary>
        Completing,
        Processing,

        /// <summary>Handlers of Persist are waited for; commands wait for those.</summary>
        Persisting,
        Stopping,
    }

    protected override bool AroundReceive(Receive receive, object message)
    {
        switch (message)
        {
            case JournalProtocol.WriteAnswer answer:
                ReceiveAnswer(answer);
                break;
            case RecoveryTick or RecoveryPermitGranted or SnapshotProtocol.Loaded or SnapshotProtocol.LoadFailed
                or JournalProtocol.Replayed or JournalProtocol.ReplayEnded or JournalProtocol.ReplayFailed:
                ReceiveForRecovery(message);
                break;
            case var _ when _phase == Phase.Processing:
                ReceiveCommandNow(receive, message);
                break;
            case var _ when _phase != Phase.Stopping:
                StashCommand(message);
                break;
            default:
                Context.System.DeadLetters.Tell(message, Sender);
                break;
        }

        return true;
    }

    private void ReceiveCommandNow(Receive receive, object message)
    {
        var failed = true;
        try
        {
            base.AroundReceive(receive, message);
            failed = false;
        }
        finally
        {
            AfterCommand(failed);
        }
    }

    private void StashCommand(object message)
    {
        try
        {
            _waiting.Stash(ActorCell.RequireCurrent());
        }
        catch (StashOverflowException)
        {
            switch (InternalStashOverflowStrategy)
            {
                case DiscardToDeadLetterStrategy:
                    Context.System.DeadLetters.Tell(message, Sender);
                    break;
                case ReplyToStrategy reply:
                    Sender.Tell(reply.Response, Self);
                    break;
                default:
                    throw;
            }
        }
    }

    private void RequestRecoveryPermit()
    {
        _phase = Phase.WaitingForPermit;
        _progress = new RecoveryProgress(Recovery);
        Extension.RecoveryPermits.Request(Self);
    }

    private void ReceiveForRecovery(object message)
    {
        if (_progress is not { } progress)
        {
            return;
        }

        progress.SawAnything |= message is not RecoveryTick;
        try
        {
            switch (message, _phase)
            {
                case (RecoveryPermitGranted, Phase.WaitingForPermit):
                    StartRecovery(progress);
                    break;
                case (SnapshotProtocol.Loaded loaded, Phase.LoadingSnapshot):
                    ReceiveSnapshot(loaded, progress);
                    break;
                case (SnapshotProtocol.LoadFailed failed, Phase.LoadingSnapshot):
                    FailRecovery(failed.Cause, null);
                    break;
                case (JournalProtocol.Replayed replayed, Phase.Replaying):
                    ReceiveEvents(replayed);
                    break;
                case (JournalProtocol.ReplayEnded ended, Phase.Replaying):
                    CompleteRecovery(ended.HighestSequenceNr);
                    break;
                case (JournalProtocol.ReplayFailed failed, Phase.Replaying):
                    FailRecovery(failed.Cause, null);
                    break;
                case (RecoveryTick, Phase.LoadingSnapshot or Phase.Replaying):
                    CheckProgress(progress);
                    break;
            }
        }
        catch
        {
            EndRecovery();
            throw;
        }
    }

    private void StartRecovery(RecoveryProgress progress)
    {
        var timeout = Extension.RecoveryEventTimeout(JournalPluginId);
        progress.Watchdog = Context.System.Scheduler.ScheduleTellRepeatedlyCancelable(
            timeout, timeout, Self, RecoveryTick.Instance, Self);
        _phase = Phase.LoadingSnapshot;
        LoadSnapshot(SnapshotterId, progress.Recovery.FromSnapshot, progress.Recovery.ToSequenceNr);
    }

    private void ReceiveSnapshot(SnapshotProtocol.Loaded loaded, RecoveryProgress progress)
    {
        if (loaded.Snapshot is { } found && !Offer(new SnapshotOffer(found.Metadata, found.Snapshot)))
        {
            return;
        }

        _phase = Phase.Replaying;
        Journal.Tell(
            new JournalProtocol.Replay(
                PersistenceId, LastSequenceNr + 1, loaded.ToSequenceNr, progress.Recovery.ReplayMax, Self),
            Self);
    }

    /// <summary>A snapshot that the actor does not take changes nothing: then all events are replayed.</summary>
    private bool Offer(SnapshotOffer offer)
    {
        var before = LastSequenceNr;
        try
        {
            LastSequenceNr = offer.Metadata.SequenceNr;
            if (!ReceiveRecover(offer))
            {
                LastSequenceNr = before;
                Unhandled(offer);
            }

            return true;
        }
        catch (Exception failure)
        {
            FailRecovery(failure, null);
            return false;
        }
    }

    private void ReceiveEvents(JournalProtocol.Replayed replayed)
    {
        foreach (var @event in replayed.Events)
        {
            LastSequenceNr = Math.Max(LastSequenceNr, @event.SequenceNr);
            try
            {
                if (!ReceiveRecover(@event.Payload))
                {
                    Unhandled(@event.Payload);
                }
            }
            catch (Exception failure)
            {
                FailRecovery(failure, @event.Payload);
                return;
            }
        }

        if (replayed.Next is { } next)
        {
            Journal.Tell(next, Self);
        }
    }

    private void CompleteRecovery(long highestSequenceNr)
    {
        OnReplaySuccess();
        LastSequenceNr = _sequenceNr = Math.Max(highestSequenceNr, LastSequenceNr);
        _phase = Phase.Completing;
        EndRecovery();
        try
        {
            if (!ReceiveRecover(RecoveryCompleted.Instance))
            {
                Unhandled(RecoveryCompleted.Instance);
            }
        }
        finally
        {
            // Also after a failure: the supervisor may say that the actor resumes.
            OnRecovered();
            _phase = Phase.Processing;
            Flush();
            if (_pendingThatStash > 0)
            {
                _phase = Phase.Persisting;
            }
            else
            {
                UnstashWaiting(all: true);
            }
        }
    }

    /// <summary>No message of recovery will come any more.</summary>
    private protected virtual void OnRecovered()
    {
    }

    private void CheckProgress(RecoveryProgress progress)
    {
        if (!progress.SawAnything)
        {
            var timeout = Extension.RecoveryEventTimeout(JournalPluginId);
            var what = _phase == Phase.LoadingSnapshot ? "no answer from the snapshot store" : "no event";
            FailRecovery(
                new RecoveryTimedOutException(
                    $"'{PersistenceId}' got {what} within {timeout.TotalSeconds} s, after event {LastSequenceNr}."),
                null);
        }

        progress.SawAnything = false;
    }

    private void FailRecovery(Exception cause, object? payload)
    {
        _phase = Phase.Stopping;
        try
        {
            StopAfter(() => OnRecoveryFailure(cause, payload));
        }
        finally
        {
            EndRecovery();
        }
    }

    /// <summary>May be called more than once.</summary>
    private void EndRecovery()
    {
        if (_progress is not null)
        {
            _progress.Watchdog?.Cancel();
            _progress = null;
            Extension.RecoveryPermits.Return(Self);
        }
    }
}
