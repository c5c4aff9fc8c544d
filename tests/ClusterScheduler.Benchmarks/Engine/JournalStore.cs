using Akka.Actor;
using Akka.Contract.Tests.Databases;

namespace ClusterScheduler.Benchmarks.Engine;

/// <summary>A database of the benchmark's own, gone when it is disposed of.</summary>
internal sealed class JournalStore : IDisposable
{
    private readonly string? _directory;
    private readonly string _connection;
    private readonly string _provider;

    private JournalStore(string? directory, string connection, string provider) =>
        (_directory, _connection, _provider) = (directory, connection, provider);

    internal static JournalStore Sqlite()
    {
        var directory = Directory.CreateTempSubdirectory("benchmark-journal-").FullName;
        return new JournalStore(directory, $"Data Source={Path.Combine(directory, "events.db")}", "SQLite.MS");
    }

    internal static JournalStore Postgres() =>
        new(null, PostgresCluster.Shared.CreateDatabase(), "PostgreSQL.15");

    /// <summary>A quiet system that stores its events and snapshots there.</summary>
    internal ActorSystem Start(string settings = "") => EngineSystem.Start(
        $$"""
          akka.persistence {
            journal {
              plugin = "akka.persistence.journal.sql"
              sql {
                class = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql"
                connection-string = "{{_connection}}"
                provider-name = "{{_provider}}"
              }
            }
            snapshot-store {
              plugin = "akka.persistence.snapshot-store.sql"
              sql {
                class = "Akka.Persistence.Sql.Snapshot.SqlSnapshotStore, Akka.Persistence.Sql"
                connection-string = "{{_connection}}"
                provider-name = "{{_provider}}"
              }
            }
          }
          akka.actor {
            serializers.benchmark = "ClusterScheduler.Benchmarks.Engine.EventSerializer, ClusterScheduler.Benchmarks"
            serialization-bindings."System.String" = benchmark
          }
          {{settings}}
          """);

    /// <summary>The same, on a node that is all of a cluster whose member list stands there too.</summary>
    internal ActorSystem StartMember()
    {
        var system = Start(
            $$"""
              akka {
                actor.provider = cluster
                remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
                cluster.embedded.store { connection-string = "{{_connection}}", provider-name = "{{_provider}}" }
              }
              """);
        var cluster = Akka.Cluster.Cluster.Get(system);
        cluster.JoinAsync(cluster.SelfAddress).Wait();
        return system;
    }

    public void Dispose()
    {
        if (_directory is not null)
            Directory.Delete(_directory, recursive: true);
    }
}
