using ClusterScheduler.Simulation.Worlds;

namespace ClusterScheduler.Simulation.Storage;

/// <summary>What the plugins of a node's actor system find their world by; set anew for each run.</summary>
internal sealed class NodeContext : IExtension
{
    public Node Node { get; set; } = null!;

    public SharedStore Store { get; set; } = null!;

    public static NodeContext Of(ActorSystem system) => system.WithExtension<NodeContext, NodeContextProvider>();
}

/// <summary>Registers <see cref="NodeContext"/> with an actor system.</summary>
internal sealed class NodeContextProvider : ExtensionIdProvider<NodeContext>
{
    public override NodeContext CreateExtension(ExtendedActorSystem system) => new();
}
