using ClusterScheduler.Simulation.Faults;

namespace ClusterScheduler.Simulation.Worlds;

/// <summary>All that decides a run.</summary>
/// <param name="Seed">Decides every choice.</param>
/// <param name="Profile">Which faults there are, and how often.</param>
public sealed record SimulationPlan(ulong Seed, FaultProfile Profile)
{
    /// <summary>What the simulated hosts do wrong on purpose, to see that the checkers find it.</summary>
    public Mutation Mutation { get; init; }

    /// <summary>
    /// Every message and event becomes bytes and an object again, as between processes; else only messages that carry
    /// references. It costs half of the time, so one seed in eight does it.
    /// </summary>
    public bool SerializesAll { get; init; } = Seed % 8 == 0;

    /// <summary>How long faults come; virtual time.</summary>
    public TimeSpan Stormy { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How long the cluster may take to come to rest afterwards; virtual time.</summary>
    public TimeSpan RestMax { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>Of a failure so many of the last things that happened are shown.</summary>
    public int LinesKept { get; init; } = 60;

    /// <summary>The plan of a seed: it also picks the profile.</summary>
    public static SimulationPlan Of(ulong seed) => Of(seed, FaultProfile.All);

    /// <summary>The plan of a seed over these profiles.</summary>
    public static SimulationPlan Of(ulong seed, ImmutableArray<FaultProfile> profiles) =>
        new(seed, profiles[(int)(seed % (ulong)profiles.Length)]);
}
