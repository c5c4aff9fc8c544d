using ClusterScheduler.Benchmarks.Harness;

namespace ClusterScheduler.Benchmarks.Product;

/// <summary>One short real task on an idle cluster.</summary>
internal sealed class RoundTripBenchmark : IBenchmark
{
    public string Name => "round-trip";

    public string Summary => "one real 'true' task on an idle csched dev, from submit to finished known";

    public Target? Target => Target.AtMost(15);

    public IReadOnlyList<BenchmarkOption> Options => [new("rounds", 100, "jobs of one task; the median counts")];

    public Figure Run(BenchmarkOptions options, TextWriter log)
    {
        using var cluster = new DevProcess(agents: 3);
        for (var round = 0; round < 30; round++)
        {
            cluster.RunTrue($"warm-up-{round}", 1);
        }

        var figures = Enumerable.Range(0, options.Int("rounds"))
            .Select(round => cluster.RunTrue($"one-{round}", 1).TotalMilliseconds)
            .Order()
            .ToList();
        log.WriteLine($"{figures.Count} jobs: least {figures[0]:0.0} ms, median {figures[figures.Count / 2]:0.0} ms, "
            + $"most {figures[^1]:0.0} ms");
        return new Figure(figures[figures.Count / 2], "ms");
    }
}
