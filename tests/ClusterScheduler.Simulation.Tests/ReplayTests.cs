using ClusterScheduler.Simulation.Worlds;

namespace ClusterScheduler.Simulation.Tests;

/// <summary>I10: the same seed leads to the same run, byte for byte, whatever was run before it.</summary>
public sealed class ReplayTests
{
    private const int Seeds = 18;

    [Fact]
    public void A_replay_is_the_same_byte_for_byte()
    {
        var hashes = new Dictionary<ulong, ulong>();
        Run(result => hashes.Add(result.Plan.Seed, result.Hash));
        var repeated = new Dictionary<ulong, ulong>();
        Run(result => repeated.Add(result.Plan.Seed, result.Hash));
        Assert.Equal(hashes, repeated);
        var alone = new Simulator().Run(SimulationPlan.Of(Seeds - 1));
        Assert.Equal(hashes[Seeds - 1], alone.Hash);
        Assert.Equal(Seeds, hashes.Values.Distinct().Count());
    }

    private static void Run(Action<SimulationResult> done)
    {
        var plans = Enumerable.Range(0, Seeds).Select(static seed => SimulationPlan.Of((ulong)seed));
        SimulationRun.All(plans, threads: 2, failuresMax: Seeds, done);
    }
}
