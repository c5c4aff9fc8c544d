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
        .. AllocatorBenchmark.SizeOf(50_000, 6_000, 1),
        new("allocations", 500_000, "allocations, spread evenly", 0),
    ];

    public string? Check(BenchmarkOptions options)
    {
        var most = options["agents"] * AllocatorWorkloads.AllocationsOfAgentMost;
        return options["allocations"] > most
            ? $"{Name}: --allocations is '{options["allocations"]}'; {options["agents"]} agents take 0 to {most}."
            : null;
    }

    public Figure Run(BenchmarkOptions options, TextWriter log) => new(
        AllocatorWorkloads.Memory(options.Int("agents"), options.Int("frameworks"), options.Int("allocations")), "MB");
}
