using Akka.Actor;
using ClusterScheduler.Benchmarks.Harness;

namespace ClusterScheduler.Benchmarks.Engine;

internal sealed class RecoveryBenchmark : IBenchmark
{
    public string Name => "recovery";

    public string Summary => "events per second that recovering actors read from SQLite";

    public Target? Target => null;

    public IReadOnlyList<BenchmarkOption> Options =>
    [
        new("actors", 1_000, "actors that recover"),
        new("events", 200, "events of each"),
    ];

    public Figure Run(BenchmarkOptions options, TextWriter log)
    {
        var (actors, each) = (options.Int("actors"), options.Int("events"));
        using var store = JournalStore.Sqlite();
        using var counter = new Countdown();
        Write(store, counter, actors, each);
        using var system = store.Start();
        var round = 0;
        var perSecond = Rounds.MedianPerSecond(1, 3, (long)actors * each, log, () =>
        {
            counter.Reset((long)actors * each);
            round++;
            var started = Enumerable.Range(0, actors)
                .Select(index => system.ActorOf(
                    Props.Create(() => new CountingActor($"writer-{index}", counter, true)), $"{round}-{index}"))
                .ToList();
            counter.Wait();
            Task.WaitAll(started.Select(actor => actor.GracefulStop(TimeSpan.FromSeconds(30))));
        });
        system.Terminate().Wait();
        return new Figure(perSecond, "events/s");
    }

    private static void Write(JournalStore store, Countdown counter, int actors, int each)
    {
        using var system = store.Start();
        counter.Reset(actors);
        foreach (var index in Enumerable.Range(0, actors))
            system.ActorOf(Props.Create(() => new FillingActor($"writer-{index}", each, counter)));
        counter.Wait();
        system.Terminate().Wait();
    }

    private sealed class FillingActor : Akka.Persistence.ReceivePersistentActor
    {
        public FillingActor(string persistenceId, int events, Countdown counter)
        {
            PersistenceId = persistenceId;
            var left = events;
            Recover<Akka.Persistence.RecoveryCompleted>(_ => PersistAll(
                Enumerable.Repeat("something that happened, in some sixty characters of text", events), _ =>
                {
                    if (--left == 0)
                        counter.Signal();
                }));
        }

        public override string PersistenceId { get; }
    }
}
