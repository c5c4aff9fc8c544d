using Akka.Contract.Tests.Databases;

namespace Akka.Contract.Tests.Coordination;

[NeedsPostgres]
public sealed class PostgresLeaseTests : LeaseContract
{
    private readonly string _connectionString =
        PostgresCluster.IsInstalled ? PostgresCluster.Shared.CreateDatabase() : "";

    private protected override (string Connection, string Provider) Database => (_connectionString, "PostgreSQL.15");
}
