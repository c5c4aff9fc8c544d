using System.Globalization;
using System.Text;
using ClusterScheduler.Simulation.Faults;
using ClusterScheduler.Simulation.Worlds;
using Xunit.Abstractions;

namespace ClusterScheduler.Simulation.Tests;

/// <summary>
/// The gate: many seeds over all profiles. SIMULATION_SEED=N runs one of them, with its trace; SIMULATION_SEEDS=N sets
/// how many there are, SIMULATION_FROM=N where they begin.
/// </summary>
public sealed class SeedTests(ITestOutputHelper output)
{
    private const int SeedsInTheGate = 2_000;
    private const int FailuresShownMax = 5;

    [Fact]
    public void Every_seed_keeps_every_invariant()
    {
        if (Given("SIMULATION_SEED") is { } one)
        {
            var traced = Traced(one);
            Assert.True(traced.Violation is null, traced.ToString());
            return;
        }

        var failures = SimulationRun.All(Plans(), Environment.ProcessorCount, FailuresShownMax);
        Assert.True(failures.IsEmpty, string.Join(Environment.NewLine, failures));
    }

    private static IEnumerable<SimulationPlan> Plans()
    {
        var first = Given("SIMULATION_FROM") ?? 0;
        var count = (int)(Given("SIMULATION_SEEDS") ?? SeedsInTheGate);
        return Enumerable.Range(0, count).Select(each => Plan(first + (ulong)each));
    }

    private static SimulationPlan Plan(ulong seed) => SimulationPlan.Of(seed) with
    {
        Mutation = Environment.GetEnvironmentVariable("SIMULATION_MUTATION") is { } name
            ? Enum.Parse<Mutation>(name)
            : Mutation.None,
    };

    private static ulong? Given(string variable) => Environment.GetEnvironmentVariable(variable) is { } value
        ? ulong.Parse(value, CultureInfo.InvariantCulture)
        : null;

    private SimulationResult Traced(ulong seed)
    {
        var trace = new StringWriter(new StringBuilder(), CultureInfo.InvariantCulture);
        var result = new Simulator().Run(Plan(seed), trace);
        output.WriteLine(trace.ToString());
        return result;
    }
}
