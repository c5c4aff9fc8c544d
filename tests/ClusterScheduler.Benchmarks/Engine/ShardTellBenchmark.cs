using System.Globalization;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Configuration;
using ClusterScheduler.Benchmarks.Harness;

namespace ClusterScheduler.Benchmarks.Engine;

/// <summary>Small messages to entities through a region: on one node, or from a proxy on another.</summary>
internal sealed class ShardTellBenchmark(bool fromAfar) : IBenchmark
{
    private const string Role = "host";

    private const string Settings = """
        akka.loglevel = WARNING
        akka.actor.provider = cluster
        akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
        akka.coordinated-shutdown.run-by-clr-shutdown-hook = off
        """;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public string Name => fromAfar ? "shard-tell-remote" : "shard-tell";

    public string Summary => fromAfar
        ? "messages per second through a proxy to 1,000 entities of another node"
        : "messages per second through a region to 1,000 entities of the same node";

    public Target? Target => null;

    public IReadOnlyList<BenchmarkOption> Options =>
        [new("messages", 1_000_000, "messages a round"), new("entities", 1_000, "entities they go to")];

    public Figure Run(BenchmarkOptions options, TextWriter log)
    {
        using var host = CreateNode(Role);
        using var other = CreateNode("other");
        var first = Akka.Cluster.Cluster.Get(host);
        first.JoinAsync(first.SelfAddress).Wait(s_patience);
        Akka.Cluster.Cluster.Get(other).JoinAsync(first.SelfAddress).Wait(s_patience);
        using var received = new Countdown();
        var own = Start(host, received);
        var region = fromAfar ? Start(other, received) : own;
        var entities = options.Int("entities");
        var messages = options.Int("messages");
        var names = Enumerable.Range(0, entities)
            .Select(id => id.ToString(CultureInfo.InvariantCulture)).ToArray();
        var perSecond = Rounds.MedianPerSecond(1, 5, messages, log, () =>
        {
            // As many under way as a sender of a busy node has, within all buffers.
            const int Burst = 50_000;
            for (var sent = 0; sent < messages;)
            {
                received.Reset(Math.Min(Burst, messages - sent));
                for (var end = Math.Min(messages, sent + Burst); sent < end; sent++)
                    region.Tell(names[sent % entities], ActorRefs.NoSender);
                received.Wait();
            }
        });
        return new Figure(perSecond, "messages/s");
    }

    private static ActorSystem CreateNode(string role) => ActorSystem.Create(
        "bench", ConfigurationFactory.ParseString($"akka.cluster.roles = [{role}]")
            .WithFallback(ConfigurationFactory.ParseString(Settings)));

    private static IActorRef Start(ActorSystem system, Countdown received) => ClusterSharding.Get(system).Start(
        "thing", _ => Props.Create(() => new Counting(received)),
        ClusterShardingSettings.Create(system).WithRole(Role), new Extractor());

    private sealed class Counting : UntypedActor
    {
        private readonly Countdown _counter;

        public Counting(Countdown counter) => _counter = counter;

        protected override void OnReceive(object message) => _counter.Signal();
    }

    /// <summary>A message is its entity's name.</summary>
    private sealed class Extractor() : HashCodeMessageExtractor(100)
    {
        public override string EntityId(object message) => (message as string)!;
    }
}
