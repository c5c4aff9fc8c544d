using ClusterScheduler.Benchmarks.Harness;

namespace ClusterScheduler.Benchmarks.Engine;

internal sealed class PersistSqliteBenchmark : IBenchmark
{
    public string Name => "persist-sqlite";

    public string Summary => "durable events per second on SQLite, of actors that each wait for their own write";

    public Target? Target => Target.AtLeast(25_000);

    public IReadOnlyList<BenchmarkOption> Options =>
    [
        new("actors", 2_000, "actors that write"),
        PersistRounds.Membership,
        new("events", 100, "events of each actor a round"),
    ];

    public Figure Run(BenchmarkOptions options, TextWriter log)
    {
        using var store = JournalStore.Sqlite();
        return PersistRounds.Run(store, options, log);
    }
}
