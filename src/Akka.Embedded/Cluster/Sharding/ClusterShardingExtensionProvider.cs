using Akka.Actor;

namespace Akka.Cluster.Sharding;

/// <summary>Gives a system its <see cref="ClusterSharding"/>.</summary>
public sealed class ClusterShardingExtensionProvider : ExtensionIdProvider<ClusterSharding>
{
    public override ClusterSharding CreateExtension(ExtendedActorSystem system) => new(system);
}
