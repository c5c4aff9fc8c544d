using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit.TestActors;

namespace Akka.Contract.Tests.Remoting;

/// <summary>Two systems that talk over TCP on this machine.</summary>
public sealed class RemoteTests : Akka.TestKit.Xunit2.TestKit
{
    private const string Settings = """
        akka.loglevel = OFF
        akka.actor.provider = remote
        akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
        akka.remote.watch-failure-detector { heartbeat-interval = 100ms, acceptable-heartbeat-pause = 3s }
        akka.remote.retry-gate-closed-for = 100ms
        """;

    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(10);

    private readonly ActorSystem _other;

    public RemoteTests()
        : base(ConfigurationFactory.ParseString(Settings)) => _other = CreateOther(0);

    [Fact]
    public void A_message_goes_there_and_the_answer_comes_back()
    {
        _other.ActorOf(Props.Create(() => new Echo()), "echo");
        var echo = Remote("/user/echo");
        echo.Tell("hello");
        ExpectMsg("hello", s_long);
        Assert.Equal(AddressOf(_other), LastSender.Path.Address);
    }

    [Fact]
    public async Task An_actor_of_another_node_can_be_asked()
    {
        _other.ActorOf(Props.Create(() => new Echo()), "echo");
        Assert.Equal(42, await Remote("/user/echo").Ask<int>(42, s_long));
    }

    [Fact]
    public async Task A_selection_reaches_another_node()
    {
        var echo = _other.ActorOf(Props.Create(() => new Echo()), "echo");
        var found = await Sys.ActorSelection(AddressOf(_other) + "/user/echo").ResolveOne(s_long);
        Assert.Equal(echo.Path.Uid, found.Path.Uid);
        Sys.ActorSelection(AddressOf(_other) + "/user/*").Tell("to all");
        ExpectMsg("to all", s_long);
    }

    [Fact]
    public async Task Nobody_there_is_said_so() => await Assert.ThrowsAsync<ActorNotFoundException>(
        () => Sys.ActorSelection(AddressOf(_other) + "/user/nobody").ResolveOne(s_long));

    [Fact]
    public void Messages_arrive_in_order()
    {
        _other.ActorOf(Props.Create(() => new Echo()), "echo");
        var echo = Remote("/user/echo");
        for (var number = 0; number < 2_000; number++)
            echo.Tell(number);
        for (var number = 0; number < 2_000; number++)
            ExpectMsg(number, s_long);
    }

    [Fact]
    public async Task The_end_of_an_actor_is_heard_on_another_node()
    {
        var actor = _other.ActorOf(BlackHoleActor.Props, "watched");
        var remote = await Watched();
        actor.Tell(PoisonPill.Instance);
        ExpectTerminated(remote, s_long);
    }

    [Fact]
    public void An_actor_that_is_not_there_counts_as_ended()
    {
        var nobody = Remote("/user/nobody");
        Watch(nobody);
        ExpectTerminated(nobody, s_long);
    }

    [Fact]
    public async Task A_poison_pill_works_from_afar()
    {
        _other.ActorOf(BlackHoleActor.Props, "watched");
        var remote = await Watched();
        remote.Tell(PoisonPill.Instance);
        ExpectTerminated(remote, s_long);
    }

    [Fact]
    public async Task The_end_of_a_node_is_heard()
    {
        _other.ActorOf(BlackHoleActor.Props, "watched");
        var remote = Remote("/user/watched");
        Watch(remote);
        await Sys.ActorSelection(remote.Path).ResolveOne(s_long);
        await _other.Terminate();
        ExpectTerminated(remote, s_long);
    }

    [Fact]
    public async Task A_new_incarnation_of_a_node_can_be_talked_to_and_the_old_actors_are_gone()
    {
        var port = AddressOf(_other).Port!.Value;
        _other.ActorOf(Props.Create(() => new Echo()), "echo");
        var old = await Sys.ActorSelection(AddressOf(_other) + "/user/echo").ResolveOne(s_long);
        await _other.Terminate();
        var again = CreateOther(port);
        try
        {
            again.ActorOf(Props.Create(() => new Echo()), "echo");
            await AwaitAssertAsync(
                async () =>
                    Assert.Equal("hello", await Remote("/user/echo").Ask<string>("hello", TimeSpan.FromSeconds(1))),
                s_long);
            old.Tell("too late");
            ExpectNoMsg(TimeSpan.FromMilliseconds(200));
        }
        finally
        {
            Shutdown(again);
        }
    }

    protected override void AfterAll()
    {
        Shutdown(_other);
        base.AfterAll();
    }

    private static ActorSystem CreateOther(int port) => ActorSystem.Create(
        "other",
        ConfigurationFactory.ParseString($"akka.remote.dot-netty.tcp.port = {port}")
            .WithFallback(ConfigurationFactory.ParseString(Settings)));

    private static Address AddressOf(ActorSystem system) => ((ExtendedActorSystem)system).Provider.DefaultAddress;

    /// <summary>
    /// The actor of the other node, watched there: what is said of another watch comes behind the first one.
    /// </summary>
    private async Task<IActorRef> Watched()
    {
        var remote = await Sys.ActorSelection(Remote("/user/watched").Path).ResolveOne(s_long);
        var nobody = Remote("/user/nobody");
        Watch(remote);
        Watch(nobody);
        ExpectTerminated(nobody, s_long);
        return remote;
    }

    private IActorRef Remote(string path) =>
        ((ExtendedActorSystem)Sys).Provider.ResolveActorRef(AddressOf(_other) + path);

    private sealed class Echo : ReceiveActor
    {
        public Echo() => ReceiveAny(message => Sender.Tell(message));
    }
}
