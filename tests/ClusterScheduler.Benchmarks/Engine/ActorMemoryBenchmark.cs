using Akka.Actor;
using ClusterScheduler.Benchmarks.Harness;

namespace ClusterScheduler.Benchmarks.Engine;

internal sealed class ActorMemoryBenchmark : IBenchmark
{
    public string Name => "actor-memory";

    public string Summary => "bytes that one idle actor holds, which has handled one message";

    public Target? Target => Target.AtMost(1_536);

    public IReadOnlyList<BenchmarkOption> Options => [new("actors", 100_000, "actors alive at once")];

    public Figure Run(BenchmarkOptions options, TextWriter log)
    {
        var actors = options.Int("actors");
        using var system = EngineSystem.Start();
        using var counter = new Countdown();
        var props = Props.Create(() => new IdleActor(counter));
        var refs = new IActorRef[actors];
        Spawn(system, props, counter, refs.AsSpan(0, 100));
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Spawn(system, props, counter, refs.AsSpan(100));
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        log.WriteLine($"  {actors - 100} actors hold {held} bytes");
        GC.KeepAlive(refs);
        return new Figure((double)held / (actors - 100), "bytes");
    }

    private static void Spawn(ActorSystem system, Props props, Countdown counter, Span<IActorRef> refs)
    {
        counter.Reset(refs.Length);
        for (var index = 0; index < refs.Length; index++)
        {
            refs[index] = system.ActorOf(props);
            refs[index].Tell(Ping.Instance, ActorRefs.NoSender);
        }

        counter.Wait();
    }

    private sealed class IdleActor : ReceiveActor
    {
        public IdleActor(Countdown counter) => Receive<Ping>(_ => counter.Signal());
    }
}
