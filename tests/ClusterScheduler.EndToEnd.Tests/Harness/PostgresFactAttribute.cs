using Akka.Contract.Tests.Databases;

namespace ClusterScheduler.EndToEnd.Tests.Harness;

/// <summary>A test that needs PostgreSQL; skipped, visibly, where there is none.</summary>
public sealed class PostgresFactAttribute : FactAttribute
{
    public PostgresFactAttribute()
    {
        if (!PostgresCluster.IsInstalled)
        {
            Skip = PostgresCluster.NotInstalled;
        }
    }
}
