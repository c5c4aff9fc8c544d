using Akka.Actor;
using ClusterScheduler.Benchmarks.Harness;

namespace ClusterScheduler.Benchmarks.Engine;

internal sealed class PingPongBenchmark : IBenchmark
{
    public string Name => "ping-pong";

    public string Summary => "messages per second between one pair of actors with 100 in flight";

    public Target? Target => Target.AtLeast(10_000_000);

    public IReadOnlyList<BenchmarkOption> Options =>
    [
        new("messages", 10_000_000, "messages a round", 2),
        new("in-flight", 100, "messages between the two at any time"),
    ];

    public Figure Run(BenchmarkOptions options, TextWriter log)
    {
        var messages = options["messages"];
        var inFlight = options["in-flight"];
        using var system = EngineSystem.Start();
        using var counter = new Countdown();
        var pong = system.ActorOf(Props.Create(() => new PongActor()));
        var ping = system.ActorOf(Props.Create(() => new PingActor(counter)));
        var perSecond = Rounds.MedianPerSecond(2, 5, messages, log, () =>
        {
            counter.Reset(messages / 2);
            for (var index = 0L; index < inFlight; index++)
                pong.Tell(Ping.Instance, ping);
            counter.Wait();
        });
        return new Figure(perSecond, "messages/s");
    }

    private sealed class PongActor : ReceiveActor
    {
        public PongActor() => Receive<Ping>(ping => Sender.Tell(ping, Self));
    }

    private sealed class PingActor : ReceiveActor
    {
        public PingActor(Countdown counter) => Receive<Ping>(ping =>
        {
            if (counter.Signal())
                Sender.Tell(ping, Self);
        });
    }
}
