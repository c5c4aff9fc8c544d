using Akka.Contract.Tests.Databases;

namespace Akka.Embedded.Tests.Clustering;

[NeedsPostgres]
public sealed class PostgresFrozenWriterTests : FrozenWriterConformance
{
    private readonly string _connectionString =
        PostgresCluster.IsInstalled ? PostgresCluster.Shared.CreateDatabase() : "";

    private protected override string Settings =>
        $$"""
        akka.cluster.embedded.store { provider-name = PostgreSQL, connection-string = "{{_connectionString}}" }
        akka.persistence.journal {
          plugin = "akka.persistence.journal.sql"
          sql { provider-name = PostgreSQL, connection-string = "{{_connectionString}}" }
        }
        """;
}
