using Akka.Actor;
using ClusterScheduler.Benchmarks.Harness;

namespace ClusterScheduler.Benchmarks.Engine;

/// <summary>Actors that each store one event after the other; events per second of all.</summary>
internal static class PersistRounds
{
    internal static Figure Run(JournalStore store, int writers, int each, TextWriter log)
    {
        using var system = store.Start();
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
