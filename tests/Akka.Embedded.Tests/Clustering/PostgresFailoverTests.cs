using Akka.Contract.Tests.Databases;

namespace Akka.Embedded.Tests.Clustering;

[NeedsPostgres]
public sealed class PostgresFailoverTests : DatabaseFailoverConformance
{
    private readonly string _connectionString =
        PostgresCluster.IsInstalled ? PostgresCluster.Shared.CreateDatabase() : "";

    private protected override string Store =>
        $$"""
        akka.cluster.embedded.store { provider-name = PostgreSQL, connection-string = "{{_connectionString}}" }
        """;
}
