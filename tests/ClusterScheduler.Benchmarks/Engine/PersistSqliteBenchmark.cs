using Akka.Actor;
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
        new("events", 100, "events of each actor a round"),
    ];

    public Figure Run(BenchmarkOptions options, TextWriter log)
    {
        var (writers, each) = (options.Int("actors"), options.Int("events"));
        using var file = new JournalFile();
        using var system = file.Start();
        using var counter = new Countdown();
        var actors = Enumerable.Range(0, writers)
            .Select(index => system.ActorOf(Props.Create(() => new CountingActor($"writer-{index}", counter, false))))
            .ToList();
        var perSecond = Rounds.MedianPerSecond(1, 3, (long)writers * each, log, () =>
        {
            counter.Reset((long)writers * each);
            actors.ForEach(actor => actor.Tell(each));
            counter.Wait();
        });
        system.Terminate().Wait();
        return new Figure(perSecond, "events/s");
    }
}
