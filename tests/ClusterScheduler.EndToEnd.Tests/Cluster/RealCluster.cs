using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Akka.Contract.Tests.Databases;
using ClusterScheduler.EndToEnd.Tests.Harness;

namespace ClusterScheduler.EndToEnd.Tests.Cluster;

/// <summary>
/// A cluster of real processes with fast failover: master nodes that also have the frameworks and a gateway, and
/// agents. On this machine or on hosts of a <see cref="VirtualNetwork"/>; on PostgreSQL or on one SQLite file.
/// </summary>
internal sealed class RealCluster : IAsyncDisposable
{
    private readonly List<ClusterNode> _nodes = [];
    private readonly string _secret;
    private readonly string _store;
    private readonly VirtualNetwork? _network;

    private RealCluster(string store, VirtualNetwork? network, PostgresCluster? database)
    {
        (_store, _network, Database) = (store, network, database);
        _secret = Workspace.File("secret", "the secret of this test, long enough to be none\n");
    }

    public Workspace Workspace { get; } = new();

    public PostgresCluster? Database { get; }

    public VirtualNetwork Network => _network ?? throw new InvalidOperationException("the nodes have no hosts");

    public IReadOnlyList<ClusterNode> Masters => [.. _nodes.Where(node => node.Name.StartsWith('m'))];

    public IReadOnlyList<ClusterNode> Agents => [.. _nodes.Where(node => node.Name.StartsWith('a'))];

    /// <summary>All processes on this machine, on one SQLite file.</summary>
    public static RealCluster OnSqlite() => new("sqlite:../store.db", null, null);

    /// <summary>All processes on this machine, on a PostgreSQL server of the test's own.</summary>
    public static RealCluster OnPostgres()
    {
        var database = new PostgresCluster();
        return new RealCluster(database.CreateDatabase(), null, database);
    }

    /// <summary>Each process on a host of its own, the PostgreSQL server on this machine.</summary>
    public static RealCluster OnHosts()
    {
        var network = new VirtualNetwork();
        var database = new PostgresCluster(network.Here);
        return new RealCluster(database.CreateDatabase(), network, database);
    }

    /// <summary>Starts this many of each, one after the other.</summary>
    public RealCluster With(int masters, int agents)
    {
        for (var number = 1; number <= masters; number++)
        {
            Add(Numbered("m", number), "master,framework,gateway", "--store", _store);
        }

        for (var number = 1; number <= agents; number++)
        {
            Add(Numbered("a", number), "agent", "--resources", "cpus:100;mem:102400;disk:102400;ports:[31000-32000]");
        }

        return this;
    }

    /// <summary>Starts one more node.</summary>
    public ClusterNode Add(string name, string roles, params string[] options)
    {
        var host = _network?.Add();
        var address = host is null
            ? string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{FreePort()}")
            : $"{host.Address}:4053";
        string[] seeds = [.. Masters.SelectMany(static master => (string[])["--seed", master.Address])];
        var node = new ClusterNode(Workspace, name, address, host,
            ["--profile", "fast-failover", "--roles", roles, "--secret-file", _secret, .. options,
                .. seeds.Length > 0 ? seeds : ["--seed", $"akka.tcp://csched@{address}"]]);
        _nodes.Add(node);
        return node.Start();
    }

    /// <summary>A node that is no member; it is not started.</summary>
    public ClusterNode Outside(string name, string seed)
    {
        var node = new ClusterNode(Workspace, name, "127.0.0.1:0", null,
            ["--edge", "--profile", "fast-failover", "--secret-file", _secret, "--seed", seed,
                "--resources", "cpus:100;mem:102400;disk:102400;ports:[31000-32000]"]);
        _nodes.Add(node);
        return node;
    }

    /// <summary>The end of what every node wrote, for whoever looks for what went wrong.</summary>
    public string Tell()
    {
        const int lines = 25;
        return string.Join("\n", _nodes.Select(node => $"--- {node.Name} {node.Address}\n{node.Process.Errors}"
            + string.Join('\n', node.Process.Output.Split('\n').TakeLast(lines)) + "\n"
            + string.Join('\n', File.ReadAllLines(Path.Combine(node.Data, "log")).TakeLast(lines))));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        Workspace.Dispose();
        _network?.Dispose();
        Database?.Kill();
    }

    private static string Numbered(string kind, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}{number}");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
