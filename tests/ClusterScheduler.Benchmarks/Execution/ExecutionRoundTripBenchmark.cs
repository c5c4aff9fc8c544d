using System.Diagnostics;
using ClusterScheduler.Benchmarks.Harness;

namespace ClusterScheduler.Benchmarks.Execution;

internal sealed class ExecutionRoundTripBenchmark : IBenchmark
{
    private const int WarmUp = 50;

    public string Name => "execution-round-trip";

    public string Summary => "one real 'sh -c true' task through an idle agent's execution and keeper alone, median";

    public Target? Target => Target.AtMost(5);

    public IReadOnlyList<BenchmarkOption> Options => [new("tasks", 200, "tasks, one after the other")];

    public Figure Run(BenchmarkOptions options, TextWriter log)
    {
        var times = new double[options.Int("tasks")];
        using var real = new RealTasks();
        for (var index = -WarmUp; index < times.Length; index++)
        {
            var began = Stopwatch.GetTimestamp();
            real.Run(1);
            if (index >= 0)
            {
                times[index] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }
        }

        Array.Sort(times);
        log.WriteLine($"  fastest {FigureText.Number(times[0])} ms, slowest {FigureText.Number(times[^1])} ms");
        return new Figure(times[times.Length / 2], "ms");
    }
}
