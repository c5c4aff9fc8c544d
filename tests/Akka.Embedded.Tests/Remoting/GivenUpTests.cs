using Akka.Actor;
using Akka.Cluster;
using Akka.Configuration;
using Akka.Dispatch.SysMsg;
using Akka.Embedded.Tests.Clustering;
using Akka.Remote;

namespace Akka.Embedded.Tests.Remoting;

/// <summary>Nothing is repeated for ever to an address that does not answer, and nothing is kept of it.</summary>
public sealed class GivenUpTests : Akka.TestKit.Xunit2.TestKit
{
    private const string Settings = """
        akka.loglevel = OFF
        akka.stdout-loglevel = OFF
        akka.actor.provider = remote
        akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
        akka.remote.retry-gate-closed-for = 10ms
        akka.remote.system-message-buffer-size = 5
        """;

    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(20);
    private static readonly Address s_nobody = new("akka.tcp", "nobody", "127.0.0.1", 1);

    private readonly List<ActorSystem> _systems = [];

    [Fact]
    public async Task Once_those_who_watch_have_heard_that_it_is_gone()
    {
        var system = Start("akka.remote.watch-failure-detector { heartbeat-interval = 20ms, "
            + "acceptable-heartbeat-pause = 100ms }");
        var probe = CreateTestProbe(system);
        probe.Watch(Nobody(system));
        await probe.ExpectTerminatedAsync(Nobody(system), s_long);
        await IsDropped(system);
    }

    [Fact]
    public Task When_what_it_never_confirms_is_too_much()
    {
        var system = Start("akka.remote.watch-failure-detector.acceptable-heartbeat-pause = 1h");
        for (var number = 0; number < 6; number++)
            Watch(system);
        return IsDropped(system);
    }

    [Fact]
    public Task When_no_connection_comes_about_for_too_long()
    {
        var system = Start("akka.remote.initial-system-message-delivery-timeout = 50ms");
        Watch(system);
        return IsDropped(system);
    }

    [Fact]
    public Task When_a_member_is_removed_that_was_never_met()
    {
        var system = Start("");
        Watch(system);
        Remoting(system).GiveUp(new UniqueAddress(s_nobody, 7));
        return IsDropped(system);
    }

    /// <summary>The other end takes a number that it has seen for a repetition.</summary>
    [Fact]
    public async Task What_is_sent_after_all_was_forgotten_is_taken_for_new()
    {
        var (one, other) = (Start(""), Start(""));
        var address = ((ExtendedActorSystem)other).Provider.DefaultAddress;
        for (var round = 0; round < 2; round++)
        {
            var watched = other.ActorOf(Props.Empty, $"watched-{round}");
            var probe = CreateTestProbe(one);
            var remote = await one.ActorSelection($"{address}/user/watched-{round}").ResolveOne(s_long);
            probe.Watch(remote);
            other.Stop(watched);
            await probe.ExpectTerminatedAsync(remote, s_long);
            Remoting(one).Runs.Forgotten(address);
        }
    }

    protected override void AfterAll()
    {
        _systems.ForEach(system => Shutdown(system));
        base.AfterAll();
    }

    private static Remote.Remoting Remoting(ActorSystem system) =>
        ((RemoteActorRefProvider)((ExtendedActorSystem)system).Provider).Remoting;

    private static RemoteActorRef Nobody(ActorSystem system) =>
        (RemoteActorRef)((ExtendedActorSystem)system).Provider.ResolveActorRef($"{s_nobody}/user/x");

    private static void Watch(ActorSystem system) => Remoting(system).To(s_nobody).SendSystem(
        Nobody(system), new Watch(Nobody(system), (ActorRefBase)system.DeadLetters));

    private static Task IsDropped(ActorSystem system) => ClusterNode.When(
        () => Remoting(system).AssociationCount == 0, () => "nothing more to be sent to the address");

    private ActorSystem Start(string settings)
    {
        var system = ActorSystem.Create(
            $"node{_systems.Count}", ConfigurationFactory.ParseString(settings)
                .WithFallback(ConfigurationFactory.ParseString(Settings)));
        _systems.Add(system);
        return system;
    }
}
