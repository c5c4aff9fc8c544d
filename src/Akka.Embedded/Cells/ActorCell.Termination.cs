using Akka.Actor.Internal;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>The end: children first, then the hook, then those who watch.</summary>
internal sealed partial class ActorCell
{
    private void TerminateSelf()
    {
        SetReceiveTimeout(null);
        UnwatchAll();
        StopChildren();
        var wasTerminating = _children is { IsTerminating: true };
        if (EnsureChildren().WaitForDying(WaitingFor.Termination))
        {
            if (wasTerminating)
                return;
            Volatile.Write(ref _suspensions, _suspensions + 1);
            _perpetrator = _self; // failures on the way out go nowhere
            PublishLifecycle("Stopping");
        }
        else
        {
            FinishTerminate();
        }
    }

    private void FinishTerminate()
    {
        var actor = _actor;
        try
        {
            Timers?.CancelAll();
            if (actor is not null)
            {
                actor.AroundPostStop();
                Stash?.UnstashAll();
            }
        }
        catch (Exception failure)
        {
            PublishError(failure, failure.Message);
        }
        finally
        {
            CloseMailbox();
            _dispatcher.Detach(this);
            AnnounceDeath(actor);
        }
    }

    private void AnnounceDeath(ActorBase? actor)
    {
        _parent.SendSystem(new DeathWatchNotification(_self, existenceConfirmed: true, addressTerminated: false));
        TellWatchersWeDied();
        UnwatchAll();
        PublishLifecycle("Stopped");
        _system.EventStream.Forget(_self);
        AbandonHandler();
        ClearActor(actor);
        _actor = null;
        _props = Props.None;
        _deathWatch = null;
        (_currentMessage, _sender) = (null, null);
    }
}
