using Akka.Actor;

namespace ClusterScheduler.Benchmarks.Engine;

/// <summary>A directory with a SQLite journal, gone when it is disposed of.</summary>
internal sealed class JournalFile : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("benchmark-journal-").FullName;

    /// <summary>A quiet system that stores its events and snapshots in the file.</summary>
    internal ActorSystem Start()
    {
        var plugin =
            $$"""
              sql {
                class = "Akka.Persistence.Sql.{0}, Akka.Persistence.Sql"
                connection-string = "Data Source={{Path.Combine(_directory, "events.db")}}"
                provider-name = "SQLite.MS"
              }
              """;
        return EngineSystem.Start(
            $$"""
              akka.persistence.journal {
                plugin = "akka.persistence.journal.sql"
                {{plugin.Replace("{0}", "Journal.SqlWriteJournal", StringComparison.Ordinal)}}
              }
              akka.persistence.snapshot-store {
                plugin = "akka.persistence.snapshot-store.sql"
                {{plugin.Replace("{0}", "Snapshot.SqlSnapshotStore", StringComparison.Ordinal)}}
              }
              """);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
