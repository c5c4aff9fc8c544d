using System.Diagnostics;
using ClusterScheduler.Benchmarks.Harness;

namespace ClusterScheduler.Benchmarks.Cluster;

/// <summary>The node that leads, and has the master, leaves.</summary>
internal sealed class LeaveBenchmark : IBenchmark
{
    public string Name => "leave";

    public string Summary => "SIGTERM to the leader of 3 nodes with 200 running tasks, profile production, PostgreSQL, "
        + "until a task submitted after it runs";

    public Target? Target => Target.AtMost(1);

    public IReadOnlyList<BenchmarkOption> Options =>
        [new("tasks", 200, "tasks that run"), new("rounds", 3, "clusters; the median counts")];

    public Figure Run(BenchmarkOptions options, TextWriter log)
    {
        var figures = new List<double>();
        for (var round = 0; round < options.Int("rounds"); round++)
        {
            using var cluster = new ThreeNodes("production", options.Int("tasks"));
            var since = Stopwatch.GetTimestamp();
            cluster.First.Terminate();
            figures.Add(cluster.UntilOffers(since).TotalSeconds);
            cluster.First.WaitForExit();
            var ended = Stopwatch.GetElapsedTime(since).TotalSeconds;
            log.WriteLine($"  round {round + 1}: {figures[^1]:0.00} s; its process had ended by {ended:0.00} s");
        }

        return new Figure(figures.Order().ElementAt(figures.Count / 2), "s");
    }
}
