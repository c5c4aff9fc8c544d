using Akka.Actor;
using ClusterScheduler.Benchmarks.Harness;

namespace ClusterScheduler.Benchmarks.Engine;

/// <summary>Actors that each store one event after the other; events per second of all.</summary>
internal static class PersistRounds
{
    internal static readonly BenchmarkOption Membership = new(
        "member", 0, "1: the node is a member of a cluster, and each group of writes looks whether it is one still",
        0, 1);

    /// <param name="store">Where events are stored.</param>
    /// <param name="options">Say how many actors, how many events each, and whether the node is a member.</param>
    /// <param name="log">Hears of each round.</param>
    internal static Figure Run(JournalStore store, BenchmarkOptions options, TextWriter log)
    {
        var (writers, each) = (options.Int("actors"), options.Int("events"));
        using var system = options.Int(Membership.Name) == 0 ? store.Start() : store.StartMember();
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
