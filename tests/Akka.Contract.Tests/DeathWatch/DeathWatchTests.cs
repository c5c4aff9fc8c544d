using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit.TestActors;

namespace Akka.Contract.Tests.DeathWatch;

public sealed class DeathWatchTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public DeathWatchTests()
        : base(ConfigurationFactory.ParseString("""
            akka.loglevel = OFF
            # News that comes is there at once; on a busy machine an actor may wait for its turn far longer.
            akka.test.single-expect-default = 30s
            """))
    {
    }

    [Fact]
    public void A_watcher_hears_once_however_often_it_watches()
    {
        var watched = Sys.ActorOf(BlackHoleActor.Props);
        var watcher = Watcher();
        watcher.Tell(new WatchFor(watched));
        watcher.Tell(new WatchFor(watched));
        watcher.Tell("sync");
        ExpectMsg("sync");
        watched.Tell(PoisonPill.Instance);
        var gone = ExpectMsg<Heard>().News;
        Assert.Equal(watched, gone.ActorRef);
        Assert.True(gone.ExistenceConfirmed);
        Assert.False(gone.AddressTerminated);
        ExpectNoMsg(TimeSpan.FromMilliseconds(30));
    }

    [Fact]
    public void Whoever_watches_the_dead_hears_at_once()
    {
        var watched = Sys.ActorOf(BlackHoleActor.Props);
        Watch(watched);
        watched.Tell(PoisonPill.Instance);
        ExpectTerminated(watched);
        Watcher().Tell(new WatchFor(watched));
        ExpectMsg<Heard>(heard => heard.News.ActorRef.Equals(watched));
    }

    [Fact]
    public void Watching_what_never_existed_is_answered_unconfirmed()
    {
        var nobody = ((ExtendedActorSystem)Sys).Provider.ResolveActorRef("akka://test/user/never");
        Watcher().Tell(new WatchFor(nobody));
        Assert.False(ExpectMsg<Heard>().News.ExistenceConfirmed);
    }

    [Fact]
    public void A_message_of_ones_own_comes_in_place_of_Terminated()
    {
        var watched = Sys.ActorOf(BlackHoleActor.Props);
        Watcher().Tell(new WatchWith(watched, "gone"));
        watched.Tell(PoisonPill.Instance);
        ExpectMsg("gone");
        ExpectNoMsg(TimeSpan.FromMilliseconds(30));
    }

    [Fact]
    public void After_Unwatch_nothing_comes()
    {
        var watched = Sys.ActorOf(BlackHoleActor.Props);
        var watcher = Watcher();
        watcher.Tell(new WatchFor(watched));
        watcher.Tell(new UnwatchFor(watched));
        watcher.Tell("sync");
        ExpectMsg("sync");
        Watch(watched);
        watched.Tell(PoisonPill.Instance);
        ExpectTerminated(watched);
        watcher.Tell("sync");
        ExpectMsg("sync");
    }

    [Fact]
    public void A_Terminated_that_waits_in_the_mailbox_is_dropped_by_Unwatch()
    {
        var watched = Sys.ActorOf(BlackHoleActor.Props);
        var watcher = Watcher();
        watcher.Tell(new WatchFor(watched));
        watcher.Tell("sync");
        ExpectMsg("sync");
        Watch(watched);
        using var gate = new ManualResetEventSlim();
        watcher.Tell(gate);
        watched.Tell(PoisonPill.Instance);
        ExpectTerminated(watched);
        watcher.Tell(new UnwatchFor(watched));
        watcher.Tell("end");
        gate.Set();
        var received = ReceiveWhile<object>(s_patience, message => message is "end" ? null! : message);
        Assert.True(received.Count <= 1); // Terminated was enqueued before Unwatch or not at all
        ExpectMsg("end");
    }

    [Fact]
    public void An_unhandled_Terminated_ends_the_watcher()
    {
        var watched = Sys.ActorOf(BlackHoleActor.Props);
        var watcher = Sys.ActorOf(Props.Create(() => new Careless()));
        Watch(watcher);
        watcher.Tell(new WatchFor(watched));
        watcher.Tell("sync");
        ExpectMsg("sync");
        watched.Tell(PoisonPill.Instance);
        ExpectTerminated(watcher);
    }

    [Fact]
    public void A_parent_that_watches_hears_after_the_name_is_free_again()
    {
        var test = TestActor;
        var parent = Sys.ActorOf(Props.Create(() => new Remaker(test)));
        parent.Tell("make");
        var first = ExpectMsg<IActorRef>();
        first.Tell(PoisonPill.Instance);
        var second = ExpectMsg<IActorRef>();
        Assert.Equal(first.Path, second.Path);
        Assert.NotEqual(first, second);
    }

    [Fact]
    public async Task Graceful_stop_waits_for_the_end()
    {
        var actor = Sys.ActorOf(BlackHoleActor.Props);
        Assert.True(await actor.GracefulStop(s_patience));
        Assert.True(await actor.GracefulStop(s_patience));
    }

    [Fact]
    public async Task Graceful_stop_gives_up_after_its_time()
    {
        var actor = Sys.ActorOf(BlackHoleActor.Props);
        Assert.False(await actor.GracefulStop(TimeSpan.FromMilliseconds(20), "not a stop message"));
    }

    private IActorRef Watcher()
    {
        var test = TestActor;
        return Sys.ActorOf(Props.Create(() => new Watching(test)));
    }

    /// <summary>A Terminated that is passed on as it is would not arrive: only the engine's own counts.</summary>
    private sealed record Heard(Terminated News);

    private sealed record WatchFor(IActorRef Target);

    private sealed record WatchWith(IActorRef Target, object Message);

    private sealed record UnwatchFor(IActorRef Target);

    private sealed class Watching : ReceiveActor
    {
        public Watching(IActorRef test)
        {
            Receive<WatchFor>(watch => Context.Watch(watch.Target));
            Receive<WatchWith>(watch => Context.WatchWith(watch.Target, watch.Message));
            Receive<UnwatchFor>(unwatch => Context.Unwatch(unwatch.Target));
            Receive<ManualResetEventSlim>(gate => gate.Wait(s_patience));
            Receive<Terminated>(gone => test.Tell(new Heard(gone)));
            ReceiveAny(message => test.Tell(message));
        }
    }

    private sealed class Careless : ReceiveActor
    {
        public Careless()
        {
            Receive<WatchFor>(watch => Context.Watch(watch.Target));
            Receive<string>(text => Sender.Tell(text));
        }
    }

    private sealed class Remaker : ReceiveActor
    {
        public Remaker(IActorRef test)
        {
            Receive<string>(_ => Make(test));
            Receive<Terminated>(_ => Make(test));
        }

        private static void Make(IActorRef test) =>
            test.Tell(Context.Watch(Context.ActorOf(BlackHoleActor.Props, "child")));
    }
}
