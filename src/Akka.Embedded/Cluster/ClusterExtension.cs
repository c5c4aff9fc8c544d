using Akka.Actor;

namespace Akka.Cluster;

/// <summary>Gives a system its <see cref="Cluster"/>.</summary>
public class ClusterExtension : ExtensionIdProvider<Cluster>
{
    public override Cluster CreateExtension(ExtendedActorSystem system) => Cluster.Create(system);
}
