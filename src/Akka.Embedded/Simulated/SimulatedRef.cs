using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Simulated;

/// <summary>An actor of another node of a simulation.</summary>
internal sealed class SimulatedRef(SimulatedNode node, ActorPath path) : ActorRefBase
{
    public override ActorPath Path { get; } = path;

    internal override bool IsLocal => false;

    internal override ActorSystemImpl? Owner => node.SystemImpl;

    internal override void SendSystem(SystemMessage message)
    {
        switch (message)
        {
            case Watch watch when watch.Watchee.Equals(this):
                node.Watch(this, watch.Watcher);
                break;
            case Unwatch unwatch when unwatch.Watchee.Equals(this):
                node.Unwatch(this, unwatch.Watcher);
                break;
            case DeathWatchNotification gone:
                node.Say(Path.Address, new SimulatedFrame.Ended(
                    node.Outside(gone.Actor), Path, gone.ExistenceConfirmed));
                break;
        }
    }

    protected override void TellInternal(object message, IActorRef? sender) =>
        node.Tell(Path.Address, Path.ToSerializationFormat(), message, sender);
}
