using ClusterScheduler.Benchmarks.Harness;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Benchmarks.ControlPlane;

/// <summary>
/// What a running task costs the control plane: its entity, its place in each index; not its journal.
/// </summary>
internal sealed class TaskMemoryBenchmark : IBenchmark
{
    public string Name => "task-memory";

    public string Summary => "bytes in the scheduler per running task, its own entity included, journal on SQLite";

    public Target? Target => Target.AtMost(32 * 1024);

    public IReadOnlyList<BenchmarkOption> Options =>
    [
        new("agents", 100, "simulated agents, with room for all tasks"),
        new("tasks", 20_000, "running tasks", Most: 10_000_000),
    ];

    public Figure Run(BenchmarkOptions options, TextWriter log)
    {
        var each = (options.Int("tasks") / options.Int("agents")) + 1;
        var size = ResourceSet.Of(Scalar.Of(each), Scalar.Of(64 * each));
        using var plane = ControlPlane.Start(true, options.Int("agents"), size, finishes: false, frameworks: 1);
        plane.Run(1, TaskState.Running);
        var before = HeapSize.Settled();
        plane.Run(options["tasks"], TaskState.Running);
        var after = HeapSize.Settled();
        log.WriteLine($"  {before / 1024} KiB before, {after / 1024} KiB with {options["tasks"]} running tasks");
        return new Figure((double)(after - before) / options["tasks"], "bytes/task");
    }
}
