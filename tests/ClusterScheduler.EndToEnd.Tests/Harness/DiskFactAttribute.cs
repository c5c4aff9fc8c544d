using Akka.Contract.Tests.Databases;

namespace ClusterScheduler.EndToEnd.Tests.Harness;

/// <summary>
/// A test with a <see cref="SmallDisk"/> and a database: skipped, visibly, where one of them cannot be had.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DiskFactAttribute : FactAttribute
{
    public DiskFactAttribute() => Skip = !SmallDisk.IsAllowed ? SmallDisk.NotAllowed
        : !PostgresCluster.IsInstalled ? PostgresCluster.NotInstalled
        : null;
}
