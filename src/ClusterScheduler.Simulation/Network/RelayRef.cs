using ClusterScheduler.Simulation.Worlds;

namespace ClusterScheduler.Simulation.Network;

/// <summary>
/// What stands on a node for a singleton's proxy or a shard region: takes a message to where the node believes its
/// receiver to be. What it cannot deliver is lost; who sent it says it again.
/// </summary>
/// <param name="node">The node on which it stands.</param>
/// <param name="name">Its name there.</param>
/// <param name="homeOf">The name of the actor that the message is for; null: nobody's.</param>
internal sealed class RelayRef(Node node, string name, Func<object, string?> homeOf) : MinimalActorRef
{
    public override ActorPath Path { get; } = new RootActorPath(node.Engine.Address) / "relay" / name;

    protected override void TellInternal(object message, IActorRef? sender)
    {
        if (homeOf(message) is not { } home || !node.Homes.TryGetValue(home, out var there))
        {
            return;
        }

        var path = new RootActorPath(there.Engine.Address) / "user" / home;
        if (there == node)
        {
            node.Engine.SystemImpl.FindLocal(path).Tell(message, sender);
        }
        else
        {
            node.Engine.Tell(there.Engine.Address, path.ToSerializationFormat(), message, sender);
        }
    }
}
