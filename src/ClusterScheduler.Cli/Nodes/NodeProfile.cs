namespace ClusterScheduler.Cli.Nodes;

/// <summary>What the engine is told on a node; a user's file stands above it.</summary>
internal static class NodeProfile
{
    /// <summary>Of every node: it writes its log to its data directory.</summary>
    /// <param name="directory">The node's data directory.</param>
    public static string Of(string directory) =>
        $$"""
        cluster-scheduler.node.log-file = {{Quoted(Path.Combine(directory, "log"))}}
        akka {
          loggers = ["{{typeof(FileLogger).FullName}}, {{typeof(FileLogger).Assembly.GetName().Name}}"]
          stdout-loglevel = "OFF"
          coordinated-shutdown.run-by-clr-shutdown-hook = off
        }
        """;

    /// <summary>Of a node that is alone: what it stores ends with its process.</summary>
    public static string InMemory(string directory) => Of(directory) + """

        akka.persistence {
          journal.plugin = "akka.persistence.journal.inmem"
          snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        }
        """;

    /// <summary>Of a node that is alone: what it stores is there when it starts again.</summary>
    public static string Durable(string directory)
    {
        var store = $$"""
            { connection-string = {{Quoted($"Data Source={Path.Combine(directory, "journal.db")}")}}
              provider-name = "SQLite" }
            """;
        return Of(directory) + $$"""

            akka.persistence {
              journal { plugin = "akka.persistence.journal.sql", sql = {{store}} }
              snapshot-store { plugin = "akka.persistence.snapshot-store.sql", sql = {{store}} }
            }
            """;
    }

    private static string Quoted(string text) =>
        '"' + text.Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal) + '"';
}
