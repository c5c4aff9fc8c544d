using Akka.Actor;
using ClusterScheduler.Benchmarks.Harness;

namespace ClusterScheduler.Benchmarks.Engine;

internal sealed class SpawnBenchmark : IBenchmark
{
    public string Name => "spawn";

    public string Summary => "actors per second that one parent makes and that have started";

    public Target? Target => Target.AtLeast(100_000);

    public IReadOnlyList<BenchmarkOption> Options => [new("actors", 100_000, "actors a round")];

    public Figure Run(BenchmarkOptions options, TextWriter log)
    {
        var actors = options.Int("actors");
        using var system = EngineSystem.Start();
        using var counter = new Countdown();
        var perSecond = Rounds.MedianPerSecond(2, 5, actors, log, () =>
        {
            counter.Reset(actors);
            var parent = system.ActorOf(Props.Create(() => new ParentActor(counter)));
            parent.Tell(actors);
            counter.Wait();
            parent.GracefulStop(TimeSpan.FromSeconds(30)).Wait();
        });
        return new Figure(perSecond, "actors/s");
    }

    private sealed class ParentActor : ReceiveActor
    {
        public ParentActor(Countdown counter) => Receive<int>(actors =>
        {
            for (var index = 0; index < actors; index++)
                Context.ActorOf(Props.Create(() => new ChildActor(counter)));
        });
    }

    private sealed class ChildActor : ReceiveActor
    {
        public ChildActor(Countdown counter)
        {
            Receive<Ping>(_ => { });
            counter.Signal();
        }
    }
}
