using Akka.Actor;
using ClusterScheduler.Master;

namespace ClusterScheduler.Framework.Tests.ControlPlane;

/// <summary>Where the master is spoken to, while a test stops it and starts the next one.</summary>
internal sealed class LateMaster : ReceiveActor
{
    private IActorRef? master;
    private int count;

    public LateMaster()
    {
        Receive<Begin>(begin =>
            master = Context.Watch(Context.ActorOf(MasterActor.Props(begin.Options), $"master-{++count}")));
        Receive<End>(_ =>
        {
            Context.Stop(master!);
            master = null;
        });
        Receive<Terminated>(_ => Context.System.EventStream.Publish(new Ended()));
        ReceiveAny(message => master?.Forward(message));
    }

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Restart);

    internal sealed record Begin(MasterOptions Options);

    internal sealed record End;

    /// <summary>On the event stream: a master has stopped, by itself or because it was told to.</summary>
    internal sealed record Ended;
}
