using System.Net;
using System.Net.Sockets;
using Akka.Actor;
using Akka.Configuration;

namespace Akka.Embedded.Tests.Remoting;

/// <summary>Bad neighbours: whatever comes to the port, the node goes on.</summary>
public sealed class RemoteWireTests : Akka.TestKit.Xunit2.TestKit
{
    private const string Settings = """
        akka.loglevel = WARNING
        akka.actor.provider = remote
        akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0, maximum-frame-size = 64KiB }
        akka.remote.retry-gate-closed-for = 50ms
        akka.remote.embedded { shared-secret = "right", send-queue-messages = 1000 }
        """;

    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(10);

    public RemoteWireTests()
        : base(ConfigurationFactory.ParseString(Settings))
    {
    }

    private Address Here => ((ExtendedActorSystem)Sys).Provider.DefaultAddress;

    [Fact]
    public async Task Garbage_hurts_nobody()
    {
        var random = new Random(20_260_101);
        await EventFilter.Warning(contains: "A connection was closed").Mute(async () =>
        {
            for (var round = 0; round < 200; round++)
            {
                using var socket = Connect();
                var garbage = new byte[random.Next(1, 300)];
                random.NextBytes(garbage);
                if (round % 3 == 0)
                    garbage[0] = garbage[1] = garbage[2] = garbage[3] = 0xFF; // an absurd length
                await socket.SendAsync(garbage);
            }

            await AssertReachable();
        });
    }

    [Fact]
    public async Task Half_open_connections_hold_nobody_up()
    {
        var silent = Enumerable.Range(0, 50).Select(_ => Connect()).ToList();
        await AssertReachable();
        silent.ForEach(socket => socket.Dispose());
    }

    [Fact]
    public async Task A_wrong_secret_is_not_let_in_and_is_told_so()
    {
        using var stranger = Start("stranger", "akka.remote.embedded.shared-secret = wrong");
        var echo = Sys.ActorOf(Props.Create(() => new Echo()), "echo");
        await EventFilter.Warning(contains: "shared secret").ExpectAsync(1, async () =>
            await Assert.ThrowsAsync<AskTimeoutException>(
                () =>
                    stranger.ActorSelection($"{Here}/user/echo").Ask<string>("hello", TimeSpan.FromMilliseconds(500))));
        Assert.NotNull(echo);
    }

    [Fact]
    public void A_message_without_serializer_is_an_error_here()
    {
        using var other = Start("other", "");
        var remote = Resolve(other, "/user/x");
        EventFilter.Error(contains: "No serializer is bound").ExpectOne(() => remote.Tell(new Unbound()));
    }

    [Fact]
    public void A_message_over_the_frame_limit_is_an_error_here()
    {
        using var other = Start("other", "");
        var remote = Resolve(other, "/user/x");
        EventFilter.Error(contains: "maximum-frame-size").ExpectOne(() => remote.Tell(new byte[100_000]));
    }

    [Fact]
    public void Messages_to_a_node_that_is_not_there_are_dropped_and_said_so()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(Event.Dropped));
        var nowhere = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef("akka.tcp://gone@127.0.0.1:1/user/x");
        EventFilter.Warning(contains: "cannot be reached").Mute(() =>
        {
            nowhere.Tell("lost");
            Assert.Equal(nowhere, ExpectMsg<Event.Dropped>(s_long).Recipient);
        });
    }

    [Fact]
    public void A_node_that_falls_silent_counts_as_gone()
    {
        const string impatient = "heartbeat-interval = 50ms, acceptable-heartbeat-pause = 400ms";
        using var watching = Start("watching", $"akka.remote.watch-failure-detector {{ {impatient} }}");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start(); // takes connections and never says a word
        var address = $"akka.tcp://mute@127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        var remote = ((ExtendedActorSystem)watching).Provider.ResolveActorRef(address + "/user/x");
        var probe = CreateTestProbe(watching);
        CreateEventFilter(watching).Warning().Mute(() =>
        {
            probe.Watch(remote);
            Assert.True(probe.ExpectTerminated(remote, s_long).AddressTerminated);
        });
    }

    private Socket Connect()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, Here.Port!.Value);
        return socket;
    }

    private async Task AssertReachable()
    {
        using var other = Start("other", "");
        Sys.ActorOf(Props.Create(() => new Echo()), "echo");
        Assert.Equal("hello", await other.ActorSelection($"{Here}/user/echo").Ask<string>("hello", s_long));
    }

    private ActorSystem Start(string name, string settings) => ActorSystem.Create(
        name,
        ConfigurationFactory.ParseString(settings)
            .WithFallback(ConfigurationFactory.ParseString(Settings)).WithFallback(DefaultConfig));

    private IActorRef Resolve(ActorSystem system, string path) => ((ExtendedActorSystem)Sys).Provider.ResolveActorRef(
        ((ExtendedActorSystem)system).Provider.DefaultAddress + path);

    private sealed record Unbound;

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }
}
