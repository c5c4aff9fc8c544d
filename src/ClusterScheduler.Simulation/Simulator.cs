using Akka.Configuration;
using ClusterScheduler.Protocol.Wire;
using ClusterScheduler.Runtime.Delivery;
using ClusterScheduler.Runtime.Inputs;
using ClusterScheduler.Simulation.Cluster;
using ClusterScheduler.Simulation.Network;
using ClusterScheduler.Simulation.Storage;
using ClusterScheduler.Simulation.Workloads;
using ClusterScheduler.Simulation.Worlds;

namespace ClusterScheduler.Simulation;

/// <summary>
/// Runs seeds, one after the other, on the thread that calls. Its actor systems, one for each node, are made once.
/// Not thread-safe; several simulators may run side by side.
/// </summary>
public sealed class Simulator : ISimulatedNetwork
{
    private static readonly string[] Names = ["c0", "c1", "c2", "a0", "a1", "a2", "s0", "s1"];

    private static readonly DateTimeOffset Origin = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan ProbeMax = TimeSpan.FromSeconds(20);

    private readonly ImmutableArray<Node> nodes;
    private World? world;
    private SimulatedCluster? cluster;

    public Simulator()
    {
        var settings = ConfigurationFactory.ParseString(
            $$"""
            akka.loglevel = ERROR
            akka.stdout-loglevel = OFF
            akka.loggers = []
            akka.log-dead-letters = off
            akka.coordinated-shutdown.run-by-clr-shutdown-hook = off
            akka.persistence.max-concurrent-recoveries = 1000
            akka.persistence.journal.plugin = simulation.journal
            simulation.journal.class = "{{typeof(SimulatedJournal).AssemblyQualifiedName}}"
            akka.persistence.snapshot-store.plugin = simulation.snapshots
            simulation.snapshots.class = "{{typeof(SimulatedSnapshots).AssemblyQualifiedName}}"
            """).WithFallback(WireSettings.Config);
        nodes = [.. Names.Select(name => new Node(new SimulatedNode(name, settings, Origin, this)))];
        foreach (var node in nodes)
        {
            Prepare(node);
        }
    }

    /// <summary>Runs one plan to its end, or to the first thing that must not happen.</summary>
    /// <param name="plan">What to run.</param>
    /// <param name="trace">Is told everything that happens, a line each; none: only the last lines are kept.</param>
    public SimulationResult Run(SimulationPlan plan, TextWriter? trace = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var outer = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            world = new World(plan, nodes, trace);
            cluster = new SimulatedCluster(world);
            foreach (var node in nodes)
            {
                var context = NodeContext.Of(node.System);
                (context.Node, context.Store) = (node, cluster.Store);
                node.Engine.SerializesAll = plan.SerializesAll;
                FreshIds.Of(node.System).TakeFrom(world.Ids.Id);
                RoundTrips.Of(node.System).Forget();
            }

            Play(world, cluster);
            return new SimulationResult(plan, world.Violation, world.Trace.Hash, world.Trace.Count,
                cluster.Workloads.Sum(static workload => workload.Launched), world.Now,
                world.Violation is null ? [] : [.. world.Trace.Last]);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
    }

    void ISimulatedNetwork.Send(SimulatedNode from, Address to, SimulatedFrame frame)
    {
        var sender = nodes.First(node => node.Engine == from);
        cluster!.Network.Send(sender, world!.Find(to), frame);
    }

    private void Prepare(Node node)
    {
        // Plugins start when they are first asked for: before the first seed, so that it is like all the others.
        var persistence = Akka.Persistence.Persistence.Instance.Apply(node.System);
        persistence.JournalFor("");
        persistence.SnapshotStoreFor("");
        node.Engine.Dispatcher.RunUntilIdle(1_000);
        ControlPlane.Connect(node);
        node.System.EventStream.Subscribe(
            new ListenerRef(node, "errors", error => world?.Checks.Failed(node, (Akka.Event.Error)error)),
            typeof(Akka.Event.Error));
        if (node.Name[0] == 'c')
        {
            node.System.EventStream.Subscribe(
                new ListenerRef(node, "masters", elected =>
                {
                    if (!node.Engine.IsMute)
                    {
                        cluster?.Announce(node, (AgentProtocol.MasterElected)elected);
                    }
                }),
                typeof(AgentProtocol.MasterElected));
        }
    }

    private static void Play(World world, SimulatedCluster cluster)
    {
        cluster.Begin();
        cluster.Add(cluster.SchedulerNodes[0], new Workload(world, new FrameworkId("one"), ["a"]));
        cluster.Add(cluster.SchedulerNodes[1], new Workload(world, new FrameworkId("two"), ["b", "c"]));
        var storm = new Faults.Storm(world, cluster);
        storm.Begin();
        world.RunUntil(world.Plan.Stormy);
        if (world.Violation is not null)
        {
            return;
        }

        storm.End();
        foreach (var workload in cluster.Workloads)
        {
            workload.IsClosing = true;
        }

        var isAtRest = world.RunUntil(world.Now + world.Plan.RestMax, () => IsAtRest(cluster));
        if (world.Violation is not null)
        {
            return;
        }

        world.Checks.AtRest();
        if (!isAtRest)
        {
            world.Break("liveness", $"{world.Plan.RestMax.TotalSeconds:0} s after the last fault there is still: "
                + string.Join(", ", StillThere(cluster)));
        }

        OfferEverything(world, cluster);
    }

    /// <summary>I9, I2: when all is over, one who wants everything is offered everything: nothing has leaked.</summary>
    private static void OfferEverything(World world, SimulatedCluster cluster)
    {
        if (world.Violation is not null)
        {
            return;
        }

        var all = cluster.Machines.Aggregate(ResourceSet.Empty, static (sum, machine) => sum + machine.Total);
        var probe = new Workload(world, new FrameworkId("probe"), ["probe"]) { Collects = true };
        cluster.Add(cluster.SchedulerNodes[0], probe);
        if (!world.RunUntil(world.Now + ProbeMax, () => Offered(probe) == all))
        {
            world.Break("I2/I9", $"one who wants everything is offered {Offered(probe)} of {all} "
                + $"within {ProbeMax.TotalSeconds:0} s: the rest has leaked");
        }
    }

    private static ResourceSet Offered(Workload workload) => workload.Offered.Values.Aggregate(
        ResourceSet.Empty, static (sum, offer) => sum + offer.Resources);

    private static bool IsAtRest(SimulatedCluster cluster) =>
        cluster.Workloads.All(static workload => workload.Open.Count == 0)
        && cluster.Machines.All(static machine => machine.Tasks.All(static task => task.Result is not null));

    private static IEnumerable<string> StillThere(SimulatedCluster cluster) =>
        cluster.Workloads.SelectMany(static workload => workload.Open.Select(static task => task.Value)).Concat(
            cluster.Machines.SelectMany(static machine => machine.Tasks
                .Where(static task => task.Result is null).Select(task => $"{task.Key} on {machine.Node.Name}")));
}
