using Akka.Actor;
using ClusterScheduler.Benchmarks.Harness;

namespace ClusterScheduler.Benchmarks.Engine;

internal sealed class RemoteTellBenchmark : IBenchmark
{
    /// <summary>Messages after which the other end confirms; four times as many may be under way.</summary>
    internal const int Window = 10_000;

    public string Name => "remote-tell";

    public string Summary => "small messages per second, one way, from one process to another";

    public Target? Target => Target.AtLeast(300_000);

    public IReadOnlyList<BenchmarkOption> Options => [new("messages", 1_000_000, "messages a round", Window)];

    public Figure Run(BenchmarkOptions options, TextWriter log)
    {
        var windows = options["messages"] / Window;
        using var peer = RemotePeer.Start();
        using var system = RemotePeer.StartSystem();
        using var underWay = new SemaphoreSlim(4);
        var sink = peer.Resolve(system, "sink");
        var confirmed = system.ActorOf(Props.Create(() => new ConfirmedActor(underWay)));
        var perSecond = Rounds.MedianPerSecond(1, 3, windows * Window, log, () =>
        {
            for (var window = 0L; window < windows; window++)
            {
                underWay.Wait();
                for (var index = 0; index < Window; index++)
                    sink.Tell("tick", confirmed);
            }

            for (var open = 0; open < 4; open++)
                underWay.Wait();
            underWay.Release(4);
        });
        return new Figure(perSecond, "messages/s");
    }

    private sealed class ConfirmedActor : ReceiveActor
    {
        public ConfirmedActor(SemaphoreSlim underWay) => Receive<long>(_ => underWay.Release());
    }
}
