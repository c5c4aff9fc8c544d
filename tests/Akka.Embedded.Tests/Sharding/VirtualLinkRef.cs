using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Embedded.Tests.Sharding;

/// <summary>An actor of another virtual node, as one node sees it: what is told to it takes its time.</summary>
internal sealed class VirtualLinkRef(VirtualCluster cluster, int from, int to, ActorRefBase target) : ActorRefBase
{
    public override ActorPath Path => Target.Path;

    internal ActorRefBase Target { get; } = target;

    internal override void SendSystem(SystemMessage message)
    {
        switch (message)
        {
            case Watch watch:
                var watcher = cluster.SeenFrom(to, watch.Watcher);
                cluster.Send(from, to, () => Target.SendSystem(new Watch(Target, watcher)));
                break;
            case Unwatch unwatch:
                var former = cluster.SeenFrom(to, unwatch.Watcher);
                cluster.Send(from, to, () => Target.SendSystem(new Unwatch(Target, former)));
                break;
            case DeathWatchNotification gone:
                var actor = cluster.SeenFrom(to, gone.Actor);
                cluster.Send(from, to, () => Target.SendSystem(new DeathWatchNotification(actor, true, false)));
                break;
            default:
                throw new InvalidOperationException($"{message.GetType()} does not go from node to node.");
        }
    }

    protected override void TellInternal(object message, IActorRef? sender)
    {
        var seen = cluster.Translate(to, message);
        var seenSender = sender is null ? null : cluster.SeenFrom(to, sender);
        cluster.Send(from, to, () => Target.Tell(seen, seenSender));
    }
}
