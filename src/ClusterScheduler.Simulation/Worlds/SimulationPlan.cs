using ClusterScheduler.Simulation.Faults;

namespace ClusterScheduler.Simulation.Worlds;

/// <summary>All that decides a run.</summary>
/// <param name="Seed">Decides every choice.</param>
/// <param name="Profile">Which faults there are, and how often.</param>
public sealed record SimulationPlan(ulong Seed, FaultProfile Profile)
{
    /// <summary>What the simulated hosts do wrong on purpose, to see that the checkers find it.</summary>
    public Mutation Mutation { get; init; }

    /// <summary>How long faults come; virtual time.</summary>
    public TimeSpan Stormy { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long the cluster may take to come to rest afterwards; virtual time.</summary>
    public TimeSpan RestMax { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Of a failure so many of the last things that happened are shown.</summary>
    public int LinesKept { get; init; } = 60;

    /// <summary>The plan of a seed: the seed also picks the profile.</summary>
    public static SimulationPlan Of(ulong seed) =>
        new(seed, FaultProfile.All[(int)(seed % (ulong)FaultProfile.All.Length)]);
}
