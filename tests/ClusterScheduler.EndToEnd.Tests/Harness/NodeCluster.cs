using System.Globalization;

namespace ClusterScheduler.EndToEnd.Tests.Harness;

/// <summary>Some nodes with one store, on this machine; all of them are seeds.</summary>
internal sealed class NodeCluster : IAsyncDisposable
{
    private NodeCluster(Workspace workspace, IReadOnlyList<NodeProcess> nodes)
    {
        Workspace = workspace;
        Nodes = nodes;
    }

    public Workspace Workspace { get; }

    public IReadOnlyList<NodeProcess> Nodes { get; }

    /// <summary>The node on which the master is, by what the nodes said.</summary>
    public NodeProcess WithMaster => Nodes.Where(node => !node.Process.HasExited)
        .MaxBy(node => EpochOf(node.Process.Output)) ?? throw new InvalidOperationException("no node runs");

    /// <summary>Starts the nodes, each with all roles, and waits until they are ready and their agents registered.
    /// </summary>
    /// <param name="workspace">Where all of it lies.</param>
    /// <param name="count">How many nodes.</param>
    /// <param name="store">URL; none: one SQLite file.</param>
    /// <param name="options">More options, the same for all.</param>
    public static NodeCluster Start(Workspace workspace, int count, string? store = null, params string[] options)
    {
        var ports = FreePorts.Take(count);
        var seeds = ports.SelectMany(port => new[] { "--seed", $"akka.tcp://csched@127.0.0.1:{port}" }).ToArray();
        var nodes = new List<NodeProcess>();
        foreach (var (index, port) in ports.Index())
        {
            // One after the other, so that the first one begins the cluster.
            nodes.Add(new NodeProcess(
                workspace, $"node-{index + 1}", port,
                [
                    "--store", store ?? $"sqlite:{workspace.Inside("store.db")}",
                    "--resources", Resources(index),
                    .. seeds, .. options,
                ]));
            var node = nodes[^1];
            Poll.Until(() => node.HasSaid("agent registered"), () => $"{node.Name}'s agent: {node.Process.Output}");
        }

        return new NodeCluster(workspace, nodes);
    }

    /// <summary>A node that runs.</summary>
    /// <param name="but">Not this one.</param>
    public NodeProcess Any(NodeProcess? but = null) =>
        Nodes.First(node => node != but && !node.Process.HasExited);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }
    }

    /// <summary>Agents of one machine need ports of their own.</summary>
    private static string Resources(int index) => string.Create(
        CultureInfo.InvariantCulture,
        $"cpus:8;mem:4096;disk:8192;ports:[{31000 + (index * 100)}-{31099 + (index * 100)}]");

    private static long EpochOf(string output)
    {
        const string Said = "in office with epoch ";
        var at = output.LastIndexOf(Said, StringComparison.Ordinal);
        return at < 0
            ? 0
            : long.Parse(output[(at + Said.Length)..].Split(',')[0], CultureInfo.InvariantCulture);
    }
}
