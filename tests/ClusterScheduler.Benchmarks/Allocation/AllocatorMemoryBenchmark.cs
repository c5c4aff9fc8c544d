using ClusterScheduler.Benchmarks.Harness;

namespace ClusterScheduler.Benchmarks.Allocation;

/// <summary>What the allocator keeps in memory.</summary>
internal sealed class AllocatorMemoryBenchmark : IBenchmark
{
    public string Name => "allocator-memory";

    public string Summary => "memory of the allocator, every agent declined once";

    public Target? Target => Target.AtMost(400);

    public IReadOnlyList<BenchmarkOption> Options =>
    [
        new("agents", 50_000, "agents"),
        new("frameworks", 6_000, "frameworks"),
        new("allocations", 500_000, "allocations, spread evenly"),
    ];

    public Figure Run(BenchmarkOptions options, TextWriter log) => new(
        AllocatorWorkloads.Memory(options.Int("agents"), options.Int("frameworks"), options.Int("allocations")), "MB");
}
