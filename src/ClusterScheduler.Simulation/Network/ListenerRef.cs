using ClusterScheduler.Simulation.Worlds;

namespace ClusterScheduler.Simulation.Network;

/// <summary>Hears what a node's event stream publishes.</summary>
internal sealed class ListenerRef(Node node, string name, Action<object> heard) : MinimalActorRef
{
    public override ActorPath Path { get; } = new RootActorPath(node.Engine.Address) / "listener" / name;

    protected override void TellInternal(object message, IActorRef? sender) => heard(message);
}
