using Akka.Actor;
using ClusterScheduler.Benchmarks.Harness;

namespace ClusterScheduler.Benchmarks.Engine;

internal sealed class RemoteAskBenchmark : IBenchmark
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    public string Name => "remote-ask";

    public string Summary => "questions per second that another process answers, 100 under way";

    public Target? Target => Target.AtLeast(25_000);

    public IReadOnlyList<BenchmarkOption> Options =>
    [
        new("questions", 100_000, "questions a round"),
        new("in-flight", 100, "questions under way at any time"),
    ];

    public string? Check(BenchmarkOptions options) => options["in-flight"] > options["questions"]
        ? $"{Name}: --in-flight is '{options["in-flight"]}'; of {options["questions"]} questions it must be 1 to all."
        : null;

    public Figure Run(BenchmarkOptions options, TextWriter log)
    {
        var inFlight = options.Int("in-flight");
        var each = options.Int("questions") / inFlight;
        using var peer = RemotePeer.Start();
        using var system = RemotePeer.StartSystem();
        var echo = peer.Resolve(system, "echo");
        var perSecond = Rounds.MedianPerSecond(1, 3, (long)each * inFlight, log, () =>
            Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => AskAsync(echo, each))).Wait());
        return new Figure(perSecond, "questions/s");
    }

    private static async Task AskAsync(IActorRef echo, int times)
    {
        for (var index = 0; index < times; index++)
            await echo.Ask<string>("question", s_timeout).ConfigureAwait(false);
    }
}
