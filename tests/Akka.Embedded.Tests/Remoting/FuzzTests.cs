using System.Globalization;
using Akka.Actor;
using Akka.Configuration;
using Akka.Remote.Wire;
using Xunit.Abstractions;

namespace Akka.Embedded.Tests.Remoting;

/// <summary>
/// Whatever comes to the port, before and after the greeting: the node serves others, says so in a few lines, and
/// takes no memory for it. AKKA_TEST_SEED repeats one run.
/// </summary>
public sealed class FuzzTests : Akka.TestKit.Xunit2.TestKit
{
    private const string Secret = "right";

    private const string Settings = """
        akka.loglevel = WARNING
        akka.stdout-loglevel = OFF
        akka.loggers = ["Akka.Embedded.Tests.Remoting.WarningLog, Akka.Embedded.Tests"]
        akka.actor.provider = remote
        akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0, maximum-frame-size = 64KiB }
        akka.remote.retry-gate-closed-for = 50ms
        akka.remote.embedded {
          shared-secret = "right", unproven-connections = 64, connections = 200
          send-queue-messages = 500, send-queue-bytes = 4MiB, stall-timeout = 1s
        }
        """;

    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(20);

    private readonly int _seed = int.Parse(
        Environment.GetEnvironmentVariable("AKKA_TEST_SEED")
        ?? Random.Shared.Next().ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private readonly Random _random;

    public FuzzTests(ITestOutputHelper output)
        : base(ConfigurationFactory.ParseString(Settings))
    {
        _random = new Random(_seed);
        output.WriteLine(
            $"replay: AKKA_TEST_SEED={_seed} dotnet test tests/Akka.Embedded.Tests --filter {nameof(FuzzTests)}");
        Sys.ActorOf(Props.Create(() => new Echo()), "echo");
    }

    private Address Here => ((ExtendedActorSystem)Sys).Provider.DefaultAddress;

    private int Port => Here.Port!.Value;

    [Fact]
    public async Task Garbage_instead_of_a_greeting()
    {
        for (var round = 0; round < 300; round++)
        {
            using var stranger = new BadNeighbour(Port);
            await stranger.Send(Bytes(_random.Next(1, 2_000)));
        }

        await AssertServes();
        AssertFewLines(3);
    }

    [Fact]
    public async Task Garbage_after_the_greeting()
    {
        for (var round = 0; round < 200; round++)
        {
            using var neighbour = new BadNeighbour(Port);
            Assert.True(await neighbour.Greet(Here, Secret));
            var kind = (FrameKind)_random.Next(0, 12);
            await neighbour.SendFrame(kind, Bytes(_random.Next(0, 400)));
        }

        await AssertServes();
        AssertFewLines(4);
    }

    [Fact]
    public async Task Messages_with_bits_turned()
    {
        var writer = new FrameWriter();
        var system = (ActorSystemImpl)Sys;
        var echo = system.Provider.ResolveActorRef($"{Here}/user/echo");
        MessageCodec.Write(
            writer, new RefWriter(), new Akka.Remote.Outgoing(echo, null, 17, "S", "hello"u8.ToArray()));
        var good = writer.Written.ToArray();
        for (var round = 0; round < 300; round++)
        {
            using var neighbour = new BadNeighbour(Port);
            Assert.True(await neighbour.Greet(Here, Secret));
            var bad = good.ToArray();
            for (var turned = _random.Next(1, 4); turned > 0; turned--)
                bad[_random.Next(bad.Length)] ^= (byte)(1 << _random.Next(8));
            await neighbour.SendFrame(FrameKind.Messages, bad);
        }

        await AssertServes();
        AssertFewLines(6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    [InlineData(64 * 1024 + 1)]
    public async Task Frames_of_absurd_length(int length)
    {
        using var neighbour = new BadNeighbour(Port);
        Assert.True(await neighbour.Greet(Here, Secret));
        await neighbour.Send(BitConverter.GetBytes(length));
        Assert.True(await neighbour.IsClosed(s_long));
        await AssertServes();
        AssertFewLines(1);
    }

    [Fact]
    public async Task Strangers_get_no_memory()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var strangers = Enumerable.Range(0, 60).Select(_ => new BadNeighbour(Port)).ToList();
        foreach (var stranger in strangers)
            await stranger.Send((byte[])[.. BitConverter.GetBytes(60 * 1024), 2]); // announced, but never sent
        await AssertServes();
        var taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(taken < 20_000_000, $"60 strangers cost {taken:N0} bytes");
        strangers.ForEach(stranger => stranger.Dispose());
    }

    [Fact]
    public async Task A_frame_that_ends_too_early()
    {
        using (var neighbour = new BadNeighbour(Port))
        {
            Assert.True(await neighbour.Greet(Here, Secret));
            await neighbour.Send((byte[])[.. BitConverter.GetBytes(1_000), (byte)FrameKind.Messages, 1, 2, 3]);
        }

        await AssertServes();
    }

    [Fact]
    public async Task A_flood_of_connections_that_say_nothing()
    {
        var silent = new List<BadNeighbour>();
        for (var count = 0; count < 300; count++)
            silent.Add(new BadNeighbour(Port));
        await AssertServes(); // it greets at once, so it is never the one that has taken longest
        silent.ForEach(each => each.Dispose());
        AssertFewLines(3);
    }

    [Fact]
    public async Task More_connections_than_are_allowed()
    {
        var neighbours = new List<BadNeighbour>();
        for (var count = 0; count < 200; count++)
        {
            var neighbour = new BadNeighbour(Port, $"bad{count}");
            Assert.True(await neighbour.Greet(Here, Secret));
            neighbours.Add(neighbour);
        }

        using (var oneTooMany = new BadNeighbour(Port))
            Assert.True(await oneTooMany.IsClosed(s_long));
        neighbours.ForEach(each => each.Dispose());
        await AwaitAssertAsync(AssertServes, s_long);
        AssertFewLines(2);
    }

    [Fact]
    public async Task Wrong_secrets_and_wrong_addresses()
    {
        for (var round = 0; round < 50; round++)
        {
            using var stranger = new BadNeighbour(Port);
            var (address, secret) = round % 2 == 0
                ? (Here, "wrong")
                : (new Address("akka.tcp", "other", "127.0.0.1", Port), Secret);
            Assert.False(await stranger.Greet(address, secret));
        }

        await AssertServes();
        AssertFewLines(1);
    }

    [Fact]
    public async Task A_message_within_thousands_of_others()
    {
        var serialization = ((ExtendedActorSystem)Sys).Serialization;
        object message = "in the middle";
        for (var depth = 0; depth < 15; depth++)
            message = new Identify(message);
        var serializer = serialization.FindSerializerFor(message);
        var bytes = serializer.ToBinary(message);
        Assert.NotNull(serialization.Deserialize(bytes, serializer.Identifier, "I"));
        for (var depth = 0; depth < 1_000; depth++)
            message = new Identify(message);
        bytes = serializer.ToBinary(message);
        Assert.Throws<System.Runtime.Serialization.SerializationException>(
            () => serialization.Deserialize(bytes, serializer.Identifier, "I"));
        await AssertServes();
    }

    [Fact]
    public async Task One_who_does_not_read_is_disconnected_and_costs_a_bounded_queue()
    {
        using var deaf = new DeafNode(Secret);
        var remote = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef($"{deaf.Address}/user/x");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var message = new byte[50_000];
        for (var count = 0; count < 2_000; count++)
            remote.Tell(message);
        await deaf.WasLeft.WaitAsync(s_long);
        var taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(taken < 30_000_000, $"the queue to it costs {taken:N0} bytes");
        await AwaitAssertAsync(
            () => Assert.Contains(WarningLog.Of(Sys), line => line.Contains("read nothing", StringComparison.Ordinal)),
            s_long);
        await AssertServes();
    }

    private async Task AssertServes()
    {
        var other = ActorSystem.Create("other", ConfigurationFactory.ParseString(Settings).WithFallback(DefaultConfig));
        try
        {
            Assert.Equal("hello", await other.ActorSelection($"{Here}/user/echo").Ask<string>("hello", s_long));
        }
        finally
        {
            Shutdown(other);
        }
    }

    private void AssertFewLines(int max)
    {
        // The nodes of AssertServes go at once; that they are gone is said too.
        var lines = WarningLog.Of(Sys).Where(line => !line.Contains("akka.tcp://other@", StringComparison.Ordinal))
            .ToList();
        Assert.True(lines.Count <= max, $"{lines.Count} lines were logged:\n{string.Join('\n', lines)}");
    }

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }
}
