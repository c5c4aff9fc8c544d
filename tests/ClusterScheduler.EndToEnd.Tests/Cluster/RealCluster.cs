using System.Globalization;
using Akka.Contract.Tests.Databases;
using ClusterScheduler.EndToEnd.Tests.Harness;
using ClusterScheduler.Sdk.Joining;

namespace ClusterScheduler.EndToEnd.Tests.Cluster;

/// <summary>
/// A cluster of real processes: master nodes that also have the frameworks and a gateway, and agents, on nodes of their
/// own or on the same. On this machine or on hosts of a <see cref="VirtualNetwork"/>; on PostgreSQL or on one SQLite
/// file; with fast failover, or with the default leases, which bear other tests beside them.
/// </summary>
internal sealed class RealCluster : IAsyncDisposable
{
    /// <summary>On two processors a node that rehearses beside others costs them leases as short as these.</summary>
    private const string Calm = "cluster-scheduler.cluster.rehearse = false\n";

    private readonly List<ClusterNode> _nodes = [];
    private readonly string _secret;
    private readonly string _store;
    private readonly VirtualNetwork? _network;
    private readonly string[] _profile;

    private RealCluster(string store, VirtualNetwork? network, PostgresCluster? database, bool isFast = true)
    {
        (_store, _network, Database) = (store, network, database);

        _profile = isFast ? ["--profile", "fast-failover", "--config", Workspace.File("calm.conf", Calm)] : [];
        _secret = Workspace.File("secret", "the secret of this test, long enough to be none\n");
    }

    public Workspace Workspace { get; } = new();

    public PostgresCluster? Database { get; }

    public VirtualNetwork Network => _network ?? throw new InvalidOperationException("the nodes have no hosts");

    public IReadOnlyList<ClusterNode> Masters => [.. _nodes.Where(node => node.Name.StartsWith('m'))];

    /// <summary>The node on which the master is, by what the nodes said.</summary>
    public ClusterNode WithMaster => Masters.Where(node => !node.Process.HasExited)
        .MaxBy(node => EpochOf(node.Process.Output)) ?? throw new InvalidOperationException("no node runs");

    /// <summary>Of the master that is there, by what the nodes said.</summary>
    public long Epoch => EpochOf(WithMaster.Process.Output);

    /// <summary>In the order in which they were started first.</summary>
    public IReadOnlyList<ClusterNode> Nodes => _nodes;

    /// <summary>The URL of what all nodes store in.</summary>
    public string Store => _store;

    /// <summary>Where the nodes' secret is.</summary>
    public string SecretFile => _secret;

    public IReadOnlyList<ClusterNode> Agents => [.. _nodes.Where(node => node.Name.StartsWith('a'))];

    /// <summary>All processes on this machine, on one SQLite file.</summary>
    public static RealCluster OnSqlite() => new("sqlite:../store.db", null, null);

    /// <summary>All processes on this machine, on a database of their own, with the default leases.</summary>
    /// <param name="store">Its URL; none: one SQLite file.</param>
    public static RealCluster WithDefaults(string? store = null) =>
        new(store ?? "sqlite:../store.db", null, null, isFast: false);

    /// <summary>All processes on this machine, on a PostgreSQL server of the test's own.</summary>
    public static RealCluster OnPostgres()
    {
        var database = new PostgresCluster();
        return new RealCluster(database.CreateDatabase(), null, database);
    }

    /// <summary>Each process on a host of its own, the PostgreSQL server on this machine.</summary>
    /// <param name="canBeSlow">Whether their cables can be made slow; then it has the default leases.</param>
    public static RealCluster OnHosts(bool canBeSlow = false)
    {
        var network = new VirtualNetwork(canBeSlow);
        var database = new PostgresCluster(network.Here);
        return new RealCluster(database.CreateDatabase(), network, database, isFast: !canBeSlow);
    }

    /// <summary>Starts this many of each; those with the masters come first in <see cref="Nodes"/>.</summary>
    public RealCluster With(int masters, int agents) => Started(
    [
        .. Enumerable.Range(1, masters).Select(number => new Planned(
            Numbered("m", number), "master,framework,gateway", ["--store", _store])),

        // Little more than the load takes: what was given twice would show.
        .. Enumerable.Range(1, agents).Select(static number => new Planned(
            Numbered("a", number), "agent",
            ["--resources", "cpus:12;mem:102400;disk:102400;ports:[31000-32000]"])),
    ]);

    /// <summary>Starts this many nodes that have all roles; their agents are registered when this returns.</summary>
    public RealCluster WithAllRoles(int count)
    {
        // Agents of one machine need ports of their own.
        Started(
        [
            .. Enumerable.Range(1, count).Select(number => new Planned(
                Numbered("m", number), "master,framework,agent,gateway",
                [
                    "--store", _store, "--resources", string.Create(CultureInfo.InvariantCulture,
                        $"cpus:8;mem:4096;disk:8192;ports:[{31000 + (number * 100)}-{31099 + (number * 100)}]"),
                ])),
        ]);
        _nodes.ForEach(static node => node.WaitFor("agent registered"));
        return this;
    }

    /// <summary>A master node that runs.</summary>
    /// <param name="but">Not this one.</param>
    public ClusterNode Other(ClusterNode but) => Masters.First(node => node != but && !node.Process.HasExited);

    /// <summary>Starts one more node.</summary>
    public ClusterNode Add(string name, string roles, params string[] options) =>
        Make(new Planned(name, roles, options)).Start();

    private ClusterNode Make(Planned planned)
    {
        var (name, roles, options) = planned;
        var host = _network?.Add();
        var address = host is null
            ? string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{FreePorts.Take(1)[0]}")
            : $"{host.Address}:4053";
        string[] open = host is not null && !Engine.IsEmbedded ? ["--insecure"] : [];
        var node = new ClusterNode(Workspace, name, address, host,
            () => ["--bind", address, .. _profile, "--hostname", name, "--roles", roles, "--secret-file", _secret,
                .. options, .. open, .. SeedsFor($"akka.tcp://csched@{address}")]);
        _nodes.Add(node);
        return node;
    }

    /// <summary>A node that is no member; it is not started.</summary>
    public ClusterNode Outside(string name, string seed, params string[] options)
    {
        var node = new ClusterNode(Workspace, name, "127.0.0.1:0", null,
            () => ["--edge", .. _profile, "--hostname", name, "--secret-file", _secret, "--seed", seed,
                "--resources", "cpus:100;mem:102400;disk:102400;ports:[31000-32000]", .. options]);
        _nodes.Add(node);
        return node;
    }

    /// <summary>How a process of a framework's author joins it.</summary>
    public JoinSettings ToJoin() => new([.. Masters.Select(static master => master.Address)])
    {
        BindHost = _network?.Here ?? "127.0.0.1",
        SharedSecret = File.ReadAllText(_secret).Trim(),
        Insecure = !Engine.IsEmbedded,
        ConfigFile = _profile.Length > 0
            ? Path.Combine(Workspace.Repository, "hocon", "profiles", "fast-failover.conf")
            : null,
        Hocon = "akka { loglevel = OFF, stdout-loglevel = OFF }",
    };

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

    /// <summary>The other masters that there are by now: on Akka.NET a node whose first seed is itself begins a cluster
    /// of its own when it hears of no other.</summary>
    private string[] SeedsFor(string self)
    {
        string[] others = [.. Masters.Select(static master => master.Address).Where(address => address != self)];
        return [.. (others.Length > 0 ? others : [self]).SelectMany(static seed => (string[])["--seed", seed])];
    }

    /// <summary>
    /// Starts one node, which there is a cluster with, and then the others beside one another. Leaves nothing behind,
    /// for the tests that follow, where not every node comes up.
    /// </summary>
    private RealCluster Started(IReadOnlyList<Planned> plan)
    {
        try
        {
            Make(plan[0]).Start();
            foreach (var planned in plan.Skip(1))
            {
                Make(planned).Begin();
            }

            _nodes.Skip(1).ToList().ForEach(static node => node.WaitFor(ClusterNode.Joined));
            return this;
        }
        catch
        {
            DisposeAsync().AsTask().Wait();
            throw;
        }
    }

    private static string Numbered(string kind, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{kind}{number}");

    private static long EpochOf(string output)
    {
        const string said = "in office with epoch ";
        var at = output.LastIndexOf(said, StringComparison.Ordinal);
        return at < 0
            ? 0
            : long.Parse(output[(at + said.Length)..].Split(',')[0], CultureInfo.InvariantCulture);
    }

    private sealed record Planned(string Name, string Roles, string[] Options);
}
