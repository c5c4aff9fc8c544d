using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Embedded.Tests.Clustering;

namespace Akka.Embedded.Tests.Sharding;

/// <summary>Where the coordinator runs, whatever the order of addresses.</summary>
public sealed class CoordinatorPlaceTests
{
    [Fact]
    public async Task Only_the_oldest_has_a_coordinator_though_its_address_comes_last()
    {
        var ports = FreePorts();
        await using var oldest = Node(ports.Later);
        oldest.Cluster.Join(oldest.Address);
        await oldest.WhenUp(1);
        await StartSharding(oldest.System);
        await using var newcomer = Node(ports.Earlier);
        newcomer.Cluster.Join(oldest.Address);
        await newcomer.WhenUp(2);
        var region = await StartSharding(newcomer.System);

        Assert.Equal("hello", await region.Ask<string>("1", TimeSpan.FromSeconds(30)));
        Assert.NotNull(await Coordinator(oldest.System));
        Assert.Null(await Coordinator(newcomer.System));
    }

    private static ClusterNode Node(int port) =>
        new($"akka.remote.dot-netty.tcp.port = {port}", nameof(CoordinatorPlaceTests));

    private static (int Earlier, int Later) FreePorts()
    {
        using var one = new TcpListener(IPAddress.Loopback, 0);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        one.Start();
        other.Start();
        var ports = new[] { one, other }.Select(each => ((IPEndPoint)each.LocalEndpoint).Port).Order().ToList();
        return (ports[0], ports[1]);
    }

    private static Task<IActorRef> StartSharding(ActorSystem system) => ClusterSharding.Get(system).StartAsync(
        "greeters", _ => Props.Create(() => new Greeter()), ClusterShardingSettings.Create(system), new Extractor());

    private static async Task<IActorRef?> Coordinator(ActorSystem system) =>
        (await system.ActorSelection("/system/sharding/greetersCoordinator/coordinator")
            .Ask<ActorIdentity>(new Identify(0), TimeSpan.FromSeconds(30))).Subject;

    private sealed class Greeter : ReceiveActor
    {
        public Greeter() => Receive<string>(_ => Sender.Tell("hello"));
    }

    private sealed class Extractor() : HashCodeMessageExtractor(10)
    {
        public override string? EntityId(object message) => message as string;
    }
}
