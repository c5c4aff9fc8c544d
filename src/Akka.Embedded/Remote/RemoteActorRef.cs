using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Remote;

/// <summary>An actor of another node.</summary>
internal sealed class RemoteActorRef(Remoting remoting, ActorPath path) : ActorRefBase
{
    public override ActorPath Path { get; } = path;

    internal override bool IsLocal => false;

    internal override ActorSystemImpl Owner => remoting.System;

    internal override void SendSystem(SystemMessage message)
    {
        switch (message)
        {
            case Watch watch when watch.Watchee.Equals(this):
                remoting.Watches.Add(this, watch.Watcher);
                break;
            case Unwatch unwatch when unwatch.Watchee.Equals(this):
                remoting.Watches.Remove(this, unwatch.Watcher);
                break;
            case DeathWatchNotification gone:
                remoting.WatchesFromOutside.Remove(gone.Actor, this);
                break;
            default:
                break;
        }

        remoting.To(Path.Address).SendSystem(this, message);
    }

    protected override void TellInternal(object message, IActorRef? sender) => remoting.Send(this, message, sender);
}
