using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>System messages: creation, supervision, death watch, continuations of asynchronous handlers.</summary>
internal sealed partial class ActorCell
{
    private void RunSystemMessages()
    {
        var message = _systemMessages.TakeAll();
        while (message is not null)
        {
            var next = message.Next;
            message.Next = null;
            if (IsTerminated)
                AnswerForTheDead(message);
            else
                RunSystemMessage(message);
            message = next ?? _systemMessages.TakeAll();
        }
    }

    private void RunSystemMessage(SystemMessage message)
    {
        if (!IsFailed && _awaiting is null)
            (_currentMessage, _sender) = (null, null);
        try
        {
            switch (message)
            {
                case RunContinuation continuation: ContinueHandler(continuation.Task); break;
                case AsyncHandlerDone done: FinishHandler(done.Task); break;
                case DeathWatchNotification gone: WatchedActorTerminated(gone); break;
                case Create: CreateInstance(); break;
                case Watch watch: AddWatcher(watch.Watchee, watch.Watcher); break;
                case Unwatch unwatch: RemoveWatcher(unwatch.Watchee, unwatch.Watcher); break;
                case Recreate recreate: FaultRecreate(recreate.Cause); break;
                case Suspend: FaultSuspend(); break;
                case Resume resume: FaultResume(resume.CausedByFailure); break;
                case Terminate: TerminateSelf(); break;
                case Failed failed: HandleFailed(failed); break;
                default: throw new InvalidOperationException($"System message {message.GetType()} is not known.");
            }
        }
        catch (Exception failure)
        {
            HandleInvokeFailure(failure);
        }
    }

    private void CreateInstance()
    {
        try
        {
            _actor = NewInstance();
            _actor.AroundPreStart();
            PublishLifecycle($"Started ({_actor.GetType()})");
            CheckReceiveTimeout();
        }
        catch (Exception failure)
        {
            if (_actor is not null)
            {
                ClearActor(_actor);
                _actor = null; // so that no hook runs before the restart of what never started
            }

            throw failure as ActorInitializationException
                ?? new ActorInitializationException(
                    _self, $"Exception during creation of {_props.Type}: {failure.Message}", failure);
        }
    }

    private ActorBase NewInstance()
    {
        ResetBehavior(s_noBehavior);
        var actor = _props.NewActor();
        if (actor is null)
            throw new ActorInitializationException(_self, $"The factory of {_props.Type} gave null.");
        if (actor is IActorStash stashing)
            stashing.Stash = new CellStash(this);
        if (actor is IWithTimers timing)
            timing.Timers = Timers = new TimerScheduler(this);
        var first = actor.FirstBehavior();
        // A behaviour that the constructor has become stays.
        if (_behavior == s_noBehavior)
            ResetBehavior(first);
        return actor;
    }

    private void ClearActor(ActorBase? actor)
    {
        Timers?.CancelAll();
        Timers = null;
        Stash = null;
        actor?.Clear(_self);
        ResetBehavior(s_noBehavior);
    }
}
