using ClusterScheduler.Benchmarks.Harness;

namespace ClusterScheduler.Benchmarks.Execution;

internal sealed class ExecutionBenchmark : IBenchmark
{
    public string Name => "execution";

    public string Summary => "real 'sh -c true' tasks per second through one agent's execution and its keeper alone";

    public Target? Target => Target.AtLeast(700);

    public IReadOnlyList<BenchmarkOption> Options => [new("tasks", 1_000, "tasks a round")];

    public Figure Run(BenchmarkOptions options, TextWriter log)
    {
        var tasks = options.Int("tasks");
        using var real = new RealTasks();
        return new Figure(Rounds.MedianPerSecond(1, 5, tasks, log, () => real.Run(tasks)), "tasks/s");
    }
}
