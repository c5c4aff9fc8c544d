using ClusterScheduler.Benchmarks.Harness;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Benchmarks.ControlPlane;

/// <summary>Tasks a second from demand to finished and acknowledged, nothing executed.</summary>
internal sealed class ControlPlaneBenchmark(bool durable) : IBenchmark
{
    public string Name => durable ? "control-plane" : "control-plane-memory";

    public string Summary => "tasks per second through the real actors, 1,000 simulated agents that finish at once, "
        + (durable ? "journal on SQLite" : "journal in memory");

    public Target? Target => Target.AtLeast(durable ? 3_000 : 6_000);

    public IReadOnlyList<BenchmarkOption> Options =>
    [
        new("agents", 1_000, "simulated agents"),
        new("cpus", 4, "cpus of each; a task uses one", Most: 10_000),
        new("frameworks", 10, "schedulers that share the tasks"),
        new("tasks", 10_000, "tasks a round"),
        new("rounds", 7, "measured rounds, after one to warm up"),
    ];

    public Figure Run(BenchmarkOptions options, TextWriter log)
    {
        var size = ResourceSet.Of(Scalar.Of(options.Int("cpus")), Scalar.Of(64 * options.Int("cpus")));
        using var plane = ControlPlane.Start(durable, options.Int("agents"), size, true, options.Int("frameworks"));
        log.WriteLine($"  {options["agents"]} agents and {options["frameworks"]} frameworks are registered");
        var allocated = GC.GetTotalAllocatedBytes();
        var perSecond = Rounds.MedianPerSecond(1, options.Int("rounds"), options["tasks"], log,
            () => plane.Run(options["tasks"], TaskState.Finished));
        var each = (GC.GetTotalAllocatedBytes() - allocated) / (options["tasks"] * (options["rounds"] + 1));
        log.WriteLine($"  {each} bytes allocated for each task");
        return new Figure(perSecond, "tasks/s");
    }
}
