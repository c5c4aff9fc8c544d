using ClusterScheduler.Benchmarks.Harness;

namespace ClusterScheduler.Benchmarks.Product;

/// <summary>Many short real tasks, as somebody submits them.</summary>
internal sealed class LaunchBenchmark : IBenchmark
{
    public string Name => "launch";

    public string Summary => "real 'true' tasks per second through a running csched dev, from submit to all finished";

    public Target? Target => Target.AtLeast(300);

    public IReadOnlyList<BenchmarkOption> Options =>
        [new("tasks", 2_000, "tasks of the job"), new("rounds", 3, "jobs; the median counts")];

    public Figure Run(BenchmarkOptions options, TextWriter log)
    {
        var tasks = options.Int("tasks");
        using var cluster = new DevProcess(agents: 3);
        cluster.RunTrue("warm-up", 100);
        var figures = new List<double>();
        for (var round = 0; round < options.Int("rounds"); round++)
        {
            var elapsed = cluster.RunTrue($"launch-{round}", tasks);
            figures.Add(tasks / elapsed.TotalSeconds);
            log.WriteLine(
                $"round {round + 1}: {tasks} tasks in {elapsed.TotalSeconds:0.00} s, {figures[^1]:0} tasks/s");
        }

        return new Figure(figures.Order().ElementAt(figures.Count / 2), "tasks/s");
    }
}
