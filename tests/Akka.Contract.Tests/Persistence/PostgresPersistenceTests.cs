using Akka.Contract.Tests.Databases;

namespace Akka.Contract.Tests.Persistence;

[NeedsPostgres]
public sealed class PostgresPersistenceTests : SqlPersistenceContract
{
    private static readonly Lazy<string> s_connectionString = new(PostgresCluster.Shared.CreateDatabase);

    private protected override string Plugins => SqlPlugins.Of(s_connectionString.Value, "PostgreSQL.15");
}
