using ClusterScheduler.Simulation.Worlds;

namespace ClusterScheduler.Simulation;

/// <summary>What came of one seed.</summary>
/// <param name="Plan">What was run.</param>
/// <param name="Violation">What did not hold; none: all did.</param>
/// <param name="Hash">Over all that happened: a replay has the same.</param>
/// <param name="Steps">How many things happened.</param>
/// <param name="Tasks">How many tasks were asked for.</param>
/// <param name="Length">Virtual time.</param>
/// <param name="Last">The last things that happened.</param>
public sealed record SimulationResult(
    SimulationPlan Plan,
    Violation? Violation,
    ulong Hash,
    long Steps,
    int Tasks,
    TimeSpan Length,
    ImmutableArray<string> Last)
{
    /// <summary>Runs this seed again and shows everything that happens.</summary>
    public string Replay => FormattableString.Invariant($"SIMULATION_SEED={Plan.Seed} ")
        + (Plan.Mutation == Faults.Mutation.None ? "" : $"SIMULATION_MUTATION={Plan.Mutation} ")
        + "dotnet test tests/ClusterScheduler.Simulation.Tests --filter SeedTests "
        + "--logger 'console;verbosity=detailed'";

    /// <summary>All that is needed to look into a failure.</summary>
    public override string ToString()
    {
        var seed = FormattableString.Invariant($"seed {Plan.Seed} ({Plan.Profile.Name})");
        if (Violation is null)
        {
            return FormattableString.Invariant(
                $"{seed}: {Steps} steps, {Tasks} tasks, {Length.TotalSeconds:0.0} s, hash {Hash:x16}");
        }

        return string.Join(Environment.NewLine,
        [
            FormattableString.Invariant(
                $"{seed} breaks {Violation.Invariant} at {Violation.At.TotalSeconds:0.000} s:"),
            Violation.What,
            "the last things that happened:",
            .. Last,
            $"run it again: {Replay}",
        ]);
    }
}
