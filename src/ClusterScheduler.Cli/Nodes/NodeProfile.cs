namespace ClusterScheduler.Cli.Nodes;

/// <summary>What the engine is told on a node that is alone; a user's file stands above it.</summary>
internal static class NodeProfile
{
    /// <param name="directory">The node's data directory.</param>
    /// <param name="durable">Events survive the process; else they are kept in memory.</param>
    public static string Of(string directory, bool durable) =>
        $$"""
        cluster-scheduler.node.log-file = {{Quoted(Path.Combine(directory, "log"))}}
        akka {
          loggers = ["{{typeof(FileLogger).FullName}}, {{typeof(FileLogger).Assembly.GetName().Name}}"]
          stdout-loglevel = "OFF"
          coordinated-shutdown.run-by-clr-shutdown-hook = off
        }
        """ + (durable ? Sqlite(directory) : "");

    private static string Sqlite(string directory)
    {
        var store = $$"""
            { connection-string = {{Quoted($"Data Source={Path.Combine(directory, "journal.db")}")}}
              provider-name = "SQLite" }
            """;
        return $$"""

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
