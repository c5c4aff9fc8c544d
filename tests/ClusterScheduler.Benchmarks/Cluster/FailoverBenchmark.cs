using System.Diagnostics;
using ClusterScheduler.Benchmarks.Harness;

namespace ClusterScheduler.Benchmarks.Cluster;

/// <summary>The node that leads, and has the master, is killed.</summary>
internal sealed class FailoverBenchmark(string name, string profile, double target) : IBenchmark
{
    internal static readonly IReadOnlyList<IBenchmark> All =
    [
        new FailoverBenchmark("failover", "production", 10),
        new FailoverBenchmark("failover-fast", "fast-failover", 3),
    ];

    public string Name => name;

    public string Summary => $"kill -9 of the leader of 3 nodes with 200 running tasks, profile {profile}, PostgreSQL, "
        + "until a task submitted after it runs";

    public Target? Target => Target.AtMost(target);

    public IReadOnlyList<BenchmarkOption> Options =>
        [new("tasks", 200, "tasks that run"), new("rounds", 3, "clusters; the median counts")];

    public Figure Run(BenchmarkOptions options, TextWriter log)
    {
        var figures = new List<double>();
        for (var round = 0; round < options.Int("rounds"); round++)
        {
            using var cluster = new ThreeNodes(profile, options.Int("tasks"));
            var since = Stopwatch.GetTimestamp();
            cluster.First.Kill();
            figures.Add(cluster.UntilOffers(since).TotalSeconds);
            log.WriteLine($"  round {round + 1}: {figures[^1]:0.00} s");
        }

        return new Figure(figures.Order().ElementAt(figures.Count / 2), "s");
    }
}
