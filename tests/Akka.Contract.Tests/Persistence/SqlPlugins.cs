namespace Akka.Contract.Tests.Persistence;

/// <summary>Settings of the SQL plugins, the same for both engines.</summary>
internal static class SqlPlugins
{
    public static string Sqlite(string file) => Of($"Data Source={file}", "SQLite.MS");

    public static string Of(string connectionString, string provider) =>
        $$"""
          akka.persistence {
            max-concurrent-recoveries = 5
            journal {
              plugin = "akka.persistence.journal.sql"
              sql {
                class = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql"
                connection-string = "{{connectionString}}"
                provider-name = "{{provider}}"
              }
            }
            snapshot-store {
              plugin = "akka.persistence.snapshot-store.sql"
              sql {
                class = "Akka.Persistence.Sql.Snapshot.SqlSnapshotStore, Akka.Persistence.Sql"
                connection-string = "{{connectionString}}"
                provider-name = "{{provider}}"
              }
            }
          }
          """;
}
