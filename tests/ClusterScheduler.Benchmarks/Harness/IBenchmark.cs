namespace ClusterScheduler.Benchmarks.Harness;

/// <summary>One measurement that comes to one figure.</summary>
internal interface IBenchmark
{
    /// <summary>What it is called on the command line: small letters, digits and '-'.</summary>
    string Name { get; }

    /// <summary>What it does, in one line.</summary>
    string Summary { get; }

    /// <summary>What the figure should be; null where nothing was promised.</summary>
    Target? Target { get; }

    /// <summary>What Mesos takes for the same workload, where that is known; else empty.</summary>
    string Mesos => "";

    /// <summary>What can be given as <c>--name value</c>.</summary>
    IReadOnlyList<BenchmarkOption> Options => [];

    /// <summary>
    /// What is wrong with options that are right one by one: the option, its value and what would be right; else null.
    /// </summary>
    string? Check(BenchmarkOptions options) => null;

    /// <summary>Runs it; what it did is said on <paramref name="log"/>, a line at a time.</summary>
    Figure Run(BenchmarkOptions options, TextWriter log);
}

/// <summary>What came out.</summary>
internal readonly record struct Figure(double Value, string Unit);

/// <summary>A bound for the figure, in the figure's unit.</summary>
internal sealed record Target(Bound Bound, double Value)
{
    internal static Target AtLeast(double value) => new(Bound.AtLeast, value);

    internal static Target AtMost(double value) => new(Bound.AtMost, value);

    internal bool IsMetBy(double value) => Bound == Bound.AtLeast ? value >= Value : value <= Value;
}

internal enum Bound
{
    AtLeast,
    AtMost,
}

/// <summary>A whole number that a benchmark takes from the command line.</summary>
/// <param name="Least">Below that there is nothing to measure.</param>
/// <param name="Most">No machine that this was made for takes more.</param>
internal sealed record BenchmarkOption(
    string Name, long Default, string Meaning, long Least = 1, long Most = 100_000_000)
{
    internal string Range => FormattableString.Invariant($"{Least} to {Most}");
}
