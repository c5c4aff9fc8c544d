using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Framework.Frameworks;
using ClusterScheduler.Framework.Tasks;
using ClusterScheduler.Master;
using ClusterScheduler.Runtime.Delivery;
using ClusterScheduler.Runtime.Entities;
using ClusterScheduler.Simulation.Storage;
using ClusterScheduler.Simulation.Worlds;

namespace ClusterScheduler.Simulation.Cluster;

/// <summary>
/// Where the master and the shards are: what the engine's membership, singleton and sharding promise, without their
/// messages. Something is moved off a node only after the node has had the time of a lease to stop; that a frozen or
/// cut-off node may run it all the same, for a while, is the case that fencing is for.
/// </summary>
internal sealed class ControlPlane
{
    public const string Master = "master";

    private const int Shards = 4;
    private const int LeavingBufferMax = 1_000;

    private static readonly FrameworkExtractor FrameworkShards = new(Shards);
    private static readonly TaskExtractor TaskShards = new(Shards);
    private static readonly Backoff TaskRetry = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(2));

    private static readonly FrameworkOptions Frameworks = FrameworkOptions.Default with
    {
        Retry = TimeSpan.FromMilliseconds(400),
        Heartbeat = TimeSpan.FromSeconds(1),
        WakeInterval = TimeSpan.FromSeconds(5),
        EndedTasksBatch = 4,
        CompletedTasksMax = 20,
    };

    private static readonly MasterOptions MasterOptions = ClusterScheduler.Master.MasterOptions.Default with
    {
        PingInterval = TimeSpan.FromMilliseconds(700),
        PingsMissedMax = 4,
        ConfirmAfter = TimeSpan.FromSeconds(3),
        Retry = TimeSpan.FromMilliseconds(500),
        ReregisterTimeout = TimeSpan.FromSeconds(8),
        Allocator = AllocatorSettings.Default with { OfferTimeout = TimeSpan.FromSeconds(4) },
    };

    private readonly World world;
    private readonly SeededRandom random;
    private readonly ImmutableArray<Node> hosts;
    private readonly SharedStore store;
    private readonly SortedDictionary<string, Node> homes = new(StringComparer.Ordinal);

    public ControlPlane(World world, ImmutableArray<Node> hosts, SharedStore store)
    {
        this.world = world;
        this.hosts = hosts;
        this.store = store;
        random = world.Random.Fork();
    }

    /// <summary>What stands on a node for master, frameworks and tasks.</summary>
    public static void Connect(Node node) => ClusterRefs.Of(node.System).Set(
        new Network.RelayRef(node, Master, static _ => Master),
        new Network.RelayRef(node, "frameworks", static message => Shard("frameworks", FrameworkShards, message)),
        new Network.RelayRef(node, "tasks", static message => Shard("tasks", TaskShards, message)));

    public void Begin()
    {
        Place(Master, hosts[0]);
        for (var shard = 0; shard < Shards; shard++)
        {
            Place($"frameworks-{shard}", random.Pick(hosts));
            Place($"tasks-{shard}", random.Pick(hosts));
        }
    }

    /// <summary>The node is out of the cluster: what it had is started elsewhere.</summary>
    public void Remove(Node gone)
    {
        var left = hosts.Where(host => host != gone && IsMember(host)).ToImmutableArray();
        foreach (var (name, home) in homes.ToArray())
        {
            if (home == gone && !left.IsEmpty)
            {
                Place(name, random.Pick(left));
            }
        }

        foreach (var node in world.Nodes)
        {
            world.At(random.Between(1, 300), node, () => node.Engine.GiveUp(gone.Engine.Address));
        }
    }

    /// <summary>A node is there, for the first time or again: it learns where everything is.</summary>
    public void Join(Node node)
    {
        foreach (var (name, home) in homes)
        {
            Learn(node, name, home, 1, 100);
            if (home == node)
            {
                world.At(random.Between(1, 50), node, () => Start(node, name));
            }
        }
    }

    /// <summary>Stops something where it is and starts it elsewhere, as a rebalancing or a leaving node does.</summary>
    public void Move()
    {
        var name = random.Pick([.. homes.Keys]);
        var from = homes[name];
        var to = random.Pick(hosts);
        if (to == from || !IsMember(from) || !IsMember(to))
        {
            return;
        }

        world.Note("cluster", $"moves {name} from {from.Name} to {to.Name}");
        Stop(from, name, () =>
        {
            if (homes[name] == from)
            {
                Place(name, to.IsUp ? to : from);
            }
        });
    }

    /// <summary>A second master beside the first, until the first notices.</summary>
    public void DoubleMaster()
    {
        var first = homes[Master];
        var second = random.Pick(hosts);
        if (first == second || !IsMember(second) || !IsMember(first))
        {
            return;
        }

        world.Note("cluster", $"a second master starts on {second.Name} beside that on {first.Name}");
        var old = first.Engine.SystemImpl.FindLocal(PathOf(first, Master));
        Place(Master, second);

        // It notices, even where the master is to be on its node again by then: that is another one.
        world.At(random.Between(200, 4_000), first, () => first.System.Stop(old));
    }

    /// <summary>One that was removed gets no work before its process starts anew, whether it knows or not.</summary>
    private bool IsMember(Node node) => node.IsRunning && !store.Removed.Contains((node, node.Incarnation));

    private static string? Shard(string kind, Akka.Cluster.Sharding.HashCodeMessageExtractor shards, object message) =>
        shards.ShardId(message) is { } shard ? $"{kind}-{shard}" : null;

    private void Place(string name, Node home)
    {
        homes[name] = home;
        world.Note("cluster", $"{name} is at {home.Name}");
        world.At(random.Between(1, 50), home, () => Start(home, name));
        foreach (var node in world.Nodes)
        {
            Learn(node, name, home, 1, node == home ? 5 : 400);
        }
    }

    private void Learn(Node node, string name, Node home, double least, double most) =>
        world.At(random.Between(least, most), node, () =>
        {
            if (homes[name] == home)
            {
                node.Homes[name] = home;
            }
        });

    private void Start(Node node, string name)
    {
        if (homes[name] != node)
        {
            return;
        }

        if (!node.Engine.SystemImpl.FindLocal(PathOf(node, name)).IsTerminated)
        {
            // The one before is still on its way out.
            world.At(TimeSpan.FromMilliseconds(20), node, () => Start(node, name));
            return;
        }

        node.System.ActorOf(PropsOf(name), name);
    }

    private Props PropsOf(string name) => name switch
    {
        Master => MasterHost.Props(MasterOptions, TimeSpan.FromMilliseconds(100)),
        _ when name.StartsWith("frameworks", StringComparison.Ordinal) => EntityParent.Props(
            FrameworkShards, id => FrameworkActor.Props(id, Frameworks), LeavingBufferMax),
        _ => EntityParent.Props(TaskShards, id => TaskActor.Props(id, TaskRetry), LeavingBufferMax),
    };

    private void Stop(Node node, string name, Action stopped)
    {
        var actor = node.Engine.SystemImpl.FindLocal(PathOf(node, name));
        if (actor.IsTerminated)
        {
            stopped();
            return;
        }

        node.System.Stop(actor);
        world.At(TimeSpan.FromMilliseconds(5), node, () => Stop(node, name, stopped));
    }

    private static ActorPath PathOf(Node node, string name) =>
        new RootActorPath(node.Engine.Address) / "user" / name;
}
