using ClusterScheduler.Benchmarks.Harness;

namespace ClusterScheduler.Benchmarks.Product;

/// <summary>How long a user waits for a cluster.</summary>
internal sealed class StartupBenchmark : IBenchmark
{
    public string Name => "startup";

    public string Summary => "csched dev with three agents, from the start of the process to ready";

    public Target? Target => Target.AtMost(1.5);

    public IReadOnlyList<BenchmarkOption> Options => [new("rounds", 5, "starts; the median counts")];

    public Figure Run(BenchmarkOptions options, TextWriter log)
    {
        var figures = new List<double>();
        for (var round = 0; round < options.Int("rounds"); round++)
        {
            using var cluster = new DevProcess(agents: 3);
            figures.Add(cluster.ReadyAfter.TotalSeconds);
            log.WriteLine($"start {round + 1}: ready after {figures[^1]:0.00} s");
        }

        return new Figure(figures.Order().ElementAt(figures.Count / 2), "s");
    }
}
