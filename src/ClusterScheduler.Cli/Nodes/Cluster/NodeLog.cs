using System.Globalization;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>The few plain lines that a node says on its output; all else goes to its log file.</summary>
internal sealed class NodeLog(TextWriter output)
{
    private readonly Lock _gate = new();

    /// <summary>Facts of the start, without a time.</summary>
    public void Say(string line)
    {
        lock (_gate)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }

    /// <summary>What has changed, with the time of day.</summary>
    public void Report(string line) =>
        Say(string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:HH:mm:ss.fff}Z {line}"));
}
