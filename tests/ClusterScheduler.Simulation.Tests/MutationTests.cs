using System.Collections.Immutable;
using ClusterScheduler.Simulation.Faults;
using ClusterScheduler.Simulation.Worlds;

namespace ClusterScheduler.Simulation.Tests;

/// <summary>The checkers can fail: what the product relies on is taken away, and some seed shows it.</summary>
public sealed class MutationTests
{
    private const int SeedsMax = 300;

    public static TheoryData<Mutation> Mutations =>
        [.. Enum.GetValues<Mutation>().Where(static mutation => mutation != Mutation.None)];

    [Theory]
    [MemberData(nameof(Mutations))]
    public void Every_mutation_is_found(Mutation mutation)
    {
        var plans = Enumerable.Range(0, SeedsMax)
            .Select(seed => SimulationPlan.Of((ulong)seed, Faults(mutation)) with { Mutation = mutation });
        Assert.NotEmpty(SimulationRun.All(plans, Environment.ProcessorCount, failuresMax: 1));
    }

    /// <summary>Tombstones count where a granted launch is stored after the master has asked for its task.</summary>
    private static ImmutableArray<FaultProfile> Faults(Mutation mutation) => mutation == Mutation.TombstonesLost
        ? [new FaultProfile("bad-disk") { DiskMax = 1_500, WriteFailures = 0.2 }]
        : FaultProfile.All;
}
