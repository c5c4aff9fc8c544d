using Akka.Contract.Tests.Databases;
using Akka.Coordination.Sql;

namespace Akka.Embedded.Tests.Coordination;

[NeedsPostgres]
public sealed class PostgresLeaseTableTests : LeaseTableConformance
{
    private readonly string _connectionString =
        PostgresCluster.IsInstalled ? PostgresCluster.Shared.CreateDatabase() : "";

    private protected override ILeaseTable OpenTable() => new PostgresLeaseTable(_connectionString);

    private protected override void CleanUp()
    {
    }
}
