using ClusterScheduler.Benchmarks.Harness;

namespace ClusterScheduler.Benchmarks.Engine;

internal sealed class PersistPostgresBenchmark : IBenchmark
{
    public string Name => "persist-postgres";

    public string Summary => "durable events per second on a PostgreSQL of its own, actors waiting for their own write";

    public Target? Target => Target.AtLeast(12_000);

    public IReadOnlyList<BenchmarkOption> Options =>
    [
        new("actors", 100, "actors that write"),
        PersistRounds.Membership,
        new("events", 500, "events of each actor a round"),
    ];

    public Figure Run(BenchmarkOptions options, TextWriter log)
    {
        using var store = JournalStore.Postgres();
        return PersistRounds.Run(store, options, log);
    }
}
