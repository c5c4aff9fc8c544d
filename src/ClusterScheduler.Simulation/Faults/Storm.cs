using ClusterScheduler.Simulation.Worlds;

namespace ClusterScheduler.Simulation.Faults;

/// <summary>Brings the profile's faults over the cluster, and in the end takes all of them away.</summary>
internal sealed class Storm(World world, SimulatedCluster cluster)
{
    private const double Beat = 250;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(2.5);

    private readonly SeededRandom random = world.Random.Fork();
    private readonly HashSet<Node> fenced = [];
    private bool isOver;

    private FaultProfile Profile => world.Plan.Profile;

    public void Begin() => world.At(TimeSpan.FromMilliseconds(Beat), Tick);

    /// <summary>Everything works from now on: what is down comes up, what is apart comes together.</summary>
    public void End()
    {
        isOver = true;
        cluster.Network.IsFaulty = false;
        cluster.Store.IsFaulty = false;
        Heal();
        foreach (var node in world.Nodes)
        {
            if (node.IsFrozen)
            {
                Thaw(node);
            }

            if (!node.IsUp)
            {
                cluster.Restart(node);
            }
        }
    }

    private void Tick()
    {
        if (isOver)
        {
            return;
        }

        Strike(Profile.ControlCrashes, cluster.Hosts, Crash);
        Strike(Profile.AgentCrashes, cluster.AgentNodes, Crash);
        Strike(Profile.SchedulerCrashes, cluster.SchedulerNodes, Crash);
        Strike(Profile.Reboots, cluster.AgentNodes, Reboot);
        Strike(Profile.Freezes, world.Nodes, Freeze);
        Strike(Profile.Partitions, world.Nodes, Partition);
        Strike(Profile.Moves, cluster.Hosts, _ => cluster.Control.Move());
        Strike(Profile.BadLeases, cluster.Hosts, _ => cluster.Control.DoubleMaster());
        world.At(TimeSpan.FromMilliseconds(Beat), Tick);
    }

    private void Strike(double perSecond, IReadOnlyList<Node> whom, Action<Node> how)
    {
        if (random.Happens(perSecond * Beat / 1_000) && random.Pick(whom) is { IsRunning: true } victim)
        {
            how(victim);
        }
    }

    private void Crash(Node node)
    {
        cluster.Crash(node);
        var incarnation = node.Incarnation;
        world.At(random.Between(50, 5_000), () =>
        {
            if (!node.IsUp)
            {
                cluster.Restart(node);
            }
        });
        world.At(Lease, () =>
        {
            if (node.Incarnation == incarnation)
            {
                cluster.Expel(node);
            }
        });
    }

    private void Reboot(Node node)
    {
        Crash(node);
        cluster.MachineOf(node).Reboot();
    }

    private void Freeze(Node node)
    {
        var lasts = random.Between(50, 7_000);
        var incarnation = node.Incarnation;
        world.Note("fault", $"{node.Name} freezes for {lasts.TotalSeconds:0.0} s");
        node.Freeze();
        if (lasts > Lease)
        {
            world.At(Lease, () => Fence(node, incarnation));
        }

        world.At(lasts, () =>
        {
            if (node.Incarnation == incarnation && node.IsFrozen)
            {
                Thaw(node);
            }
        });
    }

    private void Thaw(Node node)
    {
        world.Note("fault", $"{node.Name} goes on");
        node.Thaw();
        LeaveIfFenced(node);
    }

    private void Partition(Node first)
    {
        if (fenced.Count > 0)
        {
            return;
        }

        var apart = world.Nodes.Where(node => node == first || random.Happens(0.3)).ToImmutableArray();
        if (apart.Count(cluster.Hosts.Contains) > cluster.Hosts.Length / 2)
        {
            apart = [.. world.Nodes.Except(apart)];
        }

        var lasts = random.Between(200, 7_000);
        world.Note("fault",
            $"{string.Join(' ', apart.Select(node => node.Name))} are cut off for {lasts.TotalSeconds:0.0} s");
        cluster.Network.Cut(apart);
        if (random.Happens(0.5))
        {
            cluster.Store.CutOff.UnionWith(apart);
        }

        if (lasts > Lease)
        {
            foreach (var node in apart)
            {
                var incarnation = node.Incarnation;
                world.At(Lease, () => Fence(node, incarnation));
            }
        }

        world.At(lasts, Heal);
    }

    private void Heal()
    {
        cluster.Network.Heal();
        cluster.Store.CutOff.Clear();
        foreach (var node in fenced.OrderBy(static node => node.Name, StringComparer.Ordinal).ToImmutableArray())
        {
            LeaveIfFenced(node);
        }
    }

    /// <summary>Its lease has run out: for the others it is gone, whether it knows or not.</summary>
    private void Fence(Node node, int incarnation)
    {
        if (node.Incarnation == incarnation && node.IsUp && !isOver)
        {
            fenced.Add(node);
            cluster.Expel(node);
        }
    }

    /// <summary>It finds out some time after it can: until then it goes on as if nothing had been.</summary>
    private void LeaveIfFenced(Node node)
    {
        if (!node.IsRunning || !fenced.Remove(node))
        {
            return;
        }

        world.At(random.Between(0, 1_500), node, () =>
        {
            world.Note("fault", $"{node.Name} finds that it was removed");
            cluster.Crash(node);
            world.At(random.Between(20, 500), () =>
            {
                if (!node.IsUp)
                {
                    cluster.Restart(node);
                }
            });
        });
    }
}
