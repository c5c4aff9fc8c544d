using Microsoft.Data.Sqlite;

namespace Akka.Embedded.Tests.Clustering;

public sealed class SqliteFailoverTests : DatabaseFailoverConformance
{
    private readonly string _directory = Directory.CreateTempSubdirectory("cluster-").FullName;

    private protected override string Store =>
        $$"""
        akka.cluster.embedded.store {
          provider-name = SQLite, connection-string = "Data Source={{Path.Combine(_directory, "cluster.db")}}"
        }
        """;

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, true);
    }
}
