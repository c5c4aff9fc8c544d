using Akka.Actor;
using ClusterScheduler.Benchmarks.Harness;

namespace ClusterScheduler.Benchmarks.Engine;

internal sealed class TellBenchmark : IBenchmark
{
    public string Name => "tell";

    public string Summary => "messages per second, one way, to one actor of this process";

    public Target? Target => Target.AtLeast(8_000_000);

    public IReadOnlyList<BenchmarkOption> Options => [new("messages", 10_000_000, "messages a round")];

    public Figure Run(BenchmarkOptions options, TextWriter log)
    {
        var messages = options["messages"];
        using var system = EngineSystem.Start();
        using var counter = new Countdown();
        var actor = system.ActorOf(Props.Create(() => new CountingActor(counter)));
        var perSecond = Rounds.MedianPerSecond(2, 5, messages, log, () =>
        {
            counter.Reset(messages);
            for (var index = 0L; index < messages; index++)
                actor.Tell(Ping.Instance, ActorRefs.NoSender);
            counter.Wait();
        });
        return new Figure(perSecond, "messages/s");
    }

    private sealed class CountingActor : ReceiveActor
    {
        public CountingActor(Countdown counter) => Receive<Ping>(_ => counter.Signal());
    }
}
