using System.Runtime.ExceptionServices;
using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// Failure: the cell suspends itself and its children, tells its parent, and does what the parent then says.
/// </summary>
internal sealed partial class ActorCell
{
    /// <summary>Who failed: this actor, or the child whose failure it passed on. Null while all is well.</summary>
    private ActorRefBase? _perpetrator;

    private bool IsFailed => _perpetrator is not null;

    private bool IsTerminating => _children is { IsTerminating: true } || IsTerminated;

    private bool IsNormal => _children is null or { IsNormal: true };

    private void HandleInvokeFailure(Exception cause)
    {
        if (IsFailed)
            return;
        Volatile.Write(ref _suspensions, _suspensions + 1);
        var child = _failureOf;
        _perpetrator = child ?? _self;
        SuspendChildren(except: child);
        _parent.SendSystem(new Failed(_self, cause, _self.Path.Uid));
    }

    private void FaultSuspend()
    {
        Volatile.Write(ref _suspensions, _suspensions + 1);
        SuspendChildren();
    }

    private void FaultResume(Exception? causedByFailure)
    {
        if (_actor is null)
        {
            PublishError(
                null, $"Resume becomes creation, because the actor was never created: {causedByFailure?.Message}");
            FaultCreate();
            return;
        }

        var perpetrator = _perpetrator;
        ResumeSelf();
        if (causedByFailure is not null)
            _perpetrator = null;
        ResumeChildren(causedByFailure, perpetrator);
    }

    private void FaultRecreate(Exception cause)
    {
        if (_actor is null)
        {
            PublishError(null, $"Restart becomes creation, because the actor was never created: {cause.Message}");
            FaultCreate();
            return;
        }

        if (!IsNormal)
        {
            FaultResume(null); // need to keep the suspend count right
            return;
        }

        PublishLifecycle("Restarting");
        RunPreRestart(_actor, cause, _currentMessage);
        if (_children is null || !_children.WaitForDying(WaitingFor.Recreation, cause))
            FinishRecreate(cause);
    }

    private void RunPreRestart(ActorBase failed, Exception cause, object? message)
    {
        try
        {
            Timers?.CancelAll();
            failed.AroundPreRestart(cause, message);
            Stash?.UnstashAll();
        }
        catch (Exception failure)
        {
            var wrapped = new PreRestartException(_self, failure, cause, message!);
            PublishError(wrapped, failure.Message);
        }
        finally
        {
            AbandonHandler();
            ClearActor(failed);
        }
    }

    private void FinishRecreate(Exception cause)
    {
        var survivors = ChildRefs();
        try
        {
            ResumeSelf();
            _perpetrator = null;
            (_currentMessage, _sender) = (null, null);
            _actor = NewInstance();
            _actor.AroundPostRestart(cause, null);
            PublishLifecycle("Restarted");
            CheckReceiveTimeout();
            foreach (var child in survivors)
                child.Restart(cause);
        }
        catch (Exception failure)
        {
            ClearActor(_actor);
            HandleInvokeFailure(new PostRestartException(_self, failure, cause));
        }
    }

    private void FaultCreate()
    {
        SetReceiveTimeout(null);
        StopChildren();
        if (_children is null || !_children.WaitForDying(WaitingFor.Creation))
            FinishCreate();
    }

    private void FinishCreate()
    {
        ResumeSelf();
        _perpetrator = null;
        try
        {
            CreateInstance();
        }
        catch (Exception failure)
        {
            HandleInvokeFailure(failure);
        }
    }

    private void ResumeSelf()
    {
        if (_suspensions > 0)
            Volatile.Write(ref _suspensions, _suspensions - 1);
    }

    private void HandleFailed(Failed failed)
    {
        _sender = failed.Child;
        if (_children?.Stats(failed.Child) is not { } stats || stats.Child.Path.Uid != failed.Uid)
        {
            Publish(new Debug(
                SourceName, SourceType, $"Dropping the failure of {failed.Child}, no child of this actor."));
            return;
        }

        _failureOf = failed.Child;
        try
        {
            if (!_actor!.Supervision.HandleFailure(this, failed.Child, failed.Cause, stats, _children))
                ExceptionDispatchInfo.Capture(failed.Cause).Throw();
        }
        catch (Exception failure)
        {
            HandleInvokeFailure(failure);
        }
        finally
        {
            _failureOf = null;
        }
    }

    private ActorRefBase? _failureOf;

    private void GoOnAfterLastDying(WaitingFor next)
    {
        switch (next)
        {
            case WaitingFor.Recreation: FinishRecreate(_children!.RecreationCause!); break;
            case WaitingFor.Creation: FinishCreate(); break;
            case WaitingFor.Termination: FinishTerminate(); break;
            default: break;
        }
    }
}
