namespace ClusterScheduler.Simulation.Faults;

/// <summary>Which faults there are, and how often.</summary>
/// <param name="Name">How a run is told what to do.</param>
public sealed record FaultProfile(string Name)
{
    /// <summary>Share of messages between nodes that are lost.</summary>
    public double Loss { get; init; }

    /// <summary>Share that arrives twice.</summary>
    public double Duplication { get; init; }

    /// <summary>Share that may arrive after later ones.</summary>
    public double Reordering { get; init; }

    /// <summary>The longest way of a message, milliseconds.</summary>
    public double DelayMax { get; init; } = 3;

    /// <summary>The longest write, milliseconds.</summary>
    public double DiskMax { get; init; } = 5;

    /// <summary>Share of writes that fail: half of them are stored all the same.</summary>
    public double WriteFailures { get; init; }

    /// <summary>How often a process of the control plane is killed, per second.</summary>
    public double ControlCrashes { get; init; }

    /// <summary>How often an agent's process is killed, per second.</summary>
    public double AgentCrashes { get; init; }

    /// <summary>How often an agent's machine is started anew, per second.</summary>
    public double Reboots { get; init; }

    /// <summary>How often a scheduler's process is killed, per second.</summary>
    public double SchedulerCrashes { get; init; }

    /// <summary>How often the nodes fall into two parts, per second.</summary>
    public double Partitions { get; init; }

    /// <summary>How often a process is frozen, per second.</summary>
    public double Freezes { get; init; }

    /// <summary>How often a shard moves without need, per second.</summary>
    public double Moves { get; init; }

    /// <summary>How often a second master starts beside the first, per second.</summary>
    public double BadLeases { get; init; }

    /// <summary>All, in the order in which seeds go through them.</summary>
    public static ImmutableArray<FaultProfile> All { get; } =
    [
        new("calm"),
        new("lossy") { Loss = 0.05, Duplication = 0.05, Reordering = 0.05, DelayMax = 40 },
        new("crashes")
        {
            ControlCrashes = 0.12, AgentCrashes = 0.15, SchedulerCrashes = 0.08, Reboots = 0.03, DiskMax = 30,
        },
        new("partitions") { Partitions = 0.12, DelayMax = 20, Loss = 0.01 },
        new("freezes") { Freezes = 0.2, DelayMax = 10, DiskMax = 20 },
        new("slow-disk") { DiskMax = 900, WriteFailures = 0.03, ControlCrashes = 0.05, AgentCrashes = 0.1 },
        new("moves") { Moves = 0.8, Loss = 0.02, ControlCrashes = 0.05, SchedulerCrashes = 0.05 },
        new("bad-leases") { BadLeases = 0.15, DelayMax = 30, Duplication = 0.05, ControlCrashes = 0.03 },
        new("chaos")
        {
            Loss = 0.03, Duplication = 0.03, Reordering = 0.03, DelayMax = 60, DiskMax = 100, WriteFailures = 0.01,
            ControlCrashes = 0.05, AgentCrashes = 0.08, Reboots = 0.02, SchedulerCrashes = 0.04, Partitions = 0.05,
            Freezes = 0.06, Moves = 0.1, BadLeases = 0.04,
        },
    ];

    /// <summary>The profile of this name; null if there is none.</summary>
    public static FaultProfile? Find(string name) => All.FirstOrDefault(profile => profile.Name == name);
}
