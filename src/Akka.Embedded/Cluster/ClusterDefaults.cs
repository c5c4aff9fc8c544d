using Akka.Configuration;

namespace Akka.Cluster;

internal static class ClusterDefaults
{
    internal static Config Config { get; } =
        ConfigurationFactory.FromResource("Akka.Cluster.cluster.conf", typeof(ClusterDefaults).Assembly);
}
