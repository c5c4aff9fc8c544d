using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using ClusterScheduler.Simulation.Faults;
using ClusterScheduler.Simulation.Worlds;
using Xunit.Abstractions;

namespace ClusterScheduler.Simulation.Tests;

/// <summary>
/// The gate: many seeds over its profiles. SIMULATION_SEED=N runs one of them, with its trace; SIMULATION_SEEDS=N sets
/// how many there are, SIMULATION_PROFILES=all takes the profiles of which some seeds are known to fail as well.
/// </summary>
public sealed class SeedTests(ITestOutputHelper output)
{
    private const int SeedsInTheGate = 2_000;

    [Fact]
    public void Every_seed_keeps_every_invariant()
    {
        var one = Environment.GetEnvironmentVariable("SIMULATION_SEED");
        var failures = one is null
            ? SimulationRun.All(Seeds(), Environment.ProcessorCount, failuresMax: 3)
            : Traced(ulong.Parse(one, CultureInfo.InvariantCulture));
        Assert.True(failures.IsEmpty, string.Join(Environment.NewLine, failures));
    }

    private static IEnumerable<SimulationPlan> Seeds()
    {
        var count = Environment.GetEnvironmentVariable("SIMULATION_SEEDS") is { } wanted
            ? int.Parse(wanted, CultureInfo.InvariantCulture)
            : SeedsInTheGate;
        return Enumerable.Range(0, count).Select(static seed => Plan((ulong)seed));
    }

    private static SimulationPlan Plan(ulong seed)
    {
        var profiles = Environment.GetEnvironmentVariable("SIMULATION_PROFILES") == "all"
            ? FaultProfile.All
            : FaultProfile.Gate;
        var mutation = Environment.GetEnvironmentVariable("SIMULATION_MUTATION") is { } name
            ? Enum.Parse<Mutation>(name)
            : Mutation.None;
        return SimulationPlan.Of(seed, profiles) with { Mutation = mutation };
    }

    private ImmutableArray<SimulationResult> Traced(ulong seed)
    {
        var trace = new StringWriter(new StringBuilder(), CultureInfo.InvariantCulture);
        var result = new Simulator().Run(Plan(seed), trace);
        output.WriteLine(trace.ToString());
        return result.Violation is null ? [] : [result];
    }
}
