using Akka.Contract.Tests.Databases;

namespace ClusterScheduler.EndToEnd.Tests.Harness;

/// <summary>
/// A test on a <see cref="VirtualNetwork"/> with a database: skipped, visibly, where one of them cannot be had.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NetworkFactAttribute : FactAttribute
{
    public NetworkFactAttribute() => Skip = !VirtualNetwork.IsAllowed ? VirtualNetwork.NotAllowed
        : !PostgresCluster.IsInstalled ? PostgresCluster.NotInstalled
        : null;
}
