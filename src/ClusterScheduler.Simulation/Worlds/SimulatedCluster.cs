using ClusterScheduler.Agent.Agents;
using ClusterScheduler.Runtime.Delivery;
using ClusterScheduler.Simulation.Agents;
using ClusterScheduler.Simulation.Cluster;
using ClusterScheduler.Simulation.Network;
using ClusterScheduler.Simulation.Storage;
using ClusterScheduler.Simulation.Workloads;

namespace ClusterScheduler.Simulation.Worlds;

/// <summary>What runs on which node, and how it comes back after the end of its process.</summary>
internal sealed class SimulatedCluster
{
    private static readonly ResourceSet MachineSize = ResourceSet.Parse("cpus:4;mem:4096");

    private readonly World world;
    private readonly SeededRandom random;
    private readonly ImmutableArray<Machine> machines;
    private readonly List<(Node Node, Workload Workload)> workloads = [];

    public SimulatedCluster(World world)
    {
        this.world = world;
        random = world.Random.Fork();
        Hosts = Named('c');
        AgentNodes = Named('a');
        SchedulerNodes = Named('s');
        Network = new FaultyNetwork(world);
        Store = new SharedStore(world);
        Control = new ControlPlane(world, Hosts, Store);
        machines = [.. AgentNodes.Select(node => new Machine(world, node, MachineSize))];
    }

    public ImmutableArray<Node> Hosts { get; }

    public ImmutableArray<Node> AgentNodes { get; }

    public ImmutableArray<Node> SchedulerNodes { get; }

    public FaultyNetwork Network { get; }

    public SharedStore Store { get; }

    public ControlPlane Control { get; }

    public ImmutableArray<Machine> Machines => machines;

    public IEnumerable<Workload> Workloads => workloads.Select(static each => each.Workload);

    public Machine MachineOf(Node node) => machines.First(machine => machine.Node == node);

    public void Begin()
    {
        foreach (var node in world.Nodes)
        {
            node.Start();
        }

        Control.Begin();
        foreach (var node in AgentNodes)
        {
            StartAgent(node);
        }
    }

    /// <summary>A framework whose scheduler runs on this node.</summary>
    public void Add(Node node, Workload workload)
    {
        workloads.Add((node, workload));
        world.At(random.Between(1, 1_000), node, () => StartScheduler(node, workload));
    }

    public void Crash(Node node)
    {
        world.Note("fault", $"{node.Name} is killed");
        if (AgentNodes.Contains(node))
        {
            MachineOf(node).Agent = null;
        }

        node.Kill();
    }

    public void Restart(Node node)
    {
        world.Note("fault", $"{node.Name} starts");
        Control.Remove(node);
        node.Start();
        Control.Join(node);
        if (AgentNodes.Contains(node))
        {
            StartAgent(node);
        }

        foreach (var (home, workload) in workloads)
        {
            if (home == node)
            {
                StartScheduler(node, workload);
            }
        }
    }

    /// <summary>For all others the node, or what it was before its restart, is gone.</summary>
    public void Expel(Node node)
    {
        Control.Remove(node);
        if (node.IsUp)
        {
            Store.Removed.Add((node, node.Incarnation));
        }
    }

    /// <summary>A master has taken office: it says so to every agent that it reaches.</summary>
    public void Announce(Node from, AgentProtocol.MasterElected elected)
    {
        foreach (var node in AgentNodes)
        {
            world.At(random.Between(0.2, 50), node, () =>
            {
                if (!Network.AreApart(from, node))
                {
                    node.System.EventStream.Publish(elected);
                }
            });
        }
    }

    private void StartAgent(Node node)
    {
        var machine = MachineOf(node);
        var options = new AgentOptions("agent", new AgentInfo(node.Name, machine.Total, []), "/shared")
        {
            Register = new Backoff(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(2)),
            Update = new Backoff(TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(2)),
            EndedMax = 1_000,
        };
        node.System.ActorOf(
            AgentActor.Props(
                options,
                () => new MachineExecution(world, machine, random.Fork()),
                new MachineIdentity(world, machine)),
            "agent");
    }

    private static void StartScheduler(Node node, Workload workload) =>
        node.System.ActorOf(SimulatedScheduler.Props(workload), workload.Id.Value);

    private ImmutableArray<Node> Named(char first) => [.. world.Nodes.Where(node => node.Name[0] == first)];
}
