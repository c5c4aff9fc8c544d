using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;

namespace Akka.Contract.Tests.Timing;

public sealed class TimersTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    public TimersTests()
        : base(ConfigurationFactory.ParseString(
            "akka.loglevel = OFF, akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\""))
    {
    }

    private TestScheduler Clock => (TestScheduler)Sys.Scheduler;

    [Fact]
    public void A_single_timer_fires_once()
    {
        var actor = Start();
        Do(actor, timers => timers.StartSingleTimer("key", "tick", s_minute));
        Clock.Advance(s_minute * 3);
        ExpectMsg("tick");
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void A_periodic_timer_fires_again_and_again_until_cancelled()
    {
        var actor = Start();
        Do(actor, timers => timers.StartPeriodicTimer("key", "tick", s_minute));
        Clock.Advance(s_minute);
        ExpectMsg("tick");
        Clock.Advance(s_minute);
        ExpectMsg("tick");
        Do(actor, timers => timers.Cancel("key"));
        Clock.Advance(s_minute * 2);
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void Starting_a_key_again_replaces_its_timer()
    {
        var actor = Start();
        Do(actor, timers => timers.StartSingleTimer("key", "old", s_minute));
        Do(actor, timers => timers.StartSingleTimer("key", "new", s_minute));
        Clock.Advance(s_minute);
        ExpectMsg("new");
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void A_message_in_the_mailbox_is_dropped_when_its_timer_is_cancelled()
    {
        var actor = Start();
        using var gate = new ManualResetEventSlim();
        using var blocked = new ManualResetEventSlim();
        Do(actor, timers => timers.StartSingleTimer("key", "stale", s_minute));
        actor.Tell(new Act(timers =>
        {
            blocked.Set();
            gate.Wait(TimeSpan.FromSeconds(5));
            timers.Cancel("key");
        }));
        Assert.True(blocked.Wait(TimeSpan.FromSeconds(5)));
        Clock.Advance(s_minute); // the message is in the mailbox now
        gate.Set();
        ExpectMsg<Acted>();
        Do(actor, _ => { });
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void A_restart_cancels_all_timers()
    {
        var actor = Start();
        Do(actor, timers => timers.StartPeriodicTimer("key", "tick", s_minute));
        actor.Tell(new InvalidOperationException("on purpose"));
        Do(actor, timers => Assert.False(timers.IsTimerActive("key")));
        Clock.Advance(s_minute * 2);
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void A_timer_is_active_from_its_start_to_its_end()
    {
        var actor = Start();
        Do(actor, timers =>
        {
            timers.StartSingleTimer("key", "tick", s_minute);
            Assert.True(timers.IsTimerActive("key"));
            Assert.Contains("key", timers.ActiveTimers);
        });
        Clock.Advance(s_minute);
        ExpectMsg("tick");
        Do(actor, timers => Assert.False(timers.IsTimerActive("key")));
    }

    private IActorRef Start()
    {
        var test = TestActor;
        return Sys.ActorOf(Props.Create(() => new Timing(test)));
    }

    private void Do(IActorRef actor, Action<ITimerScheduler> action)
    {
        actor.Tell(new Act(action));
        if (ExpectMsg<Acted>().Failure is { } failure)
            throw failure;
    }

    private sealed record Act(Action<ITimerScheduler> On);

    private sealed record Acted(Exception? Failure);

    private sealed class Timing : ReceiveActor, IWithTimers
    {
        public Timing(IActorRef test)
        {
            Receive<Act>(act => Sender.Tell(new Acted(Record.Exception(() => act.On(Timers)))));
            Receive<Exception>(failure => throw failure);
            ReceiveAny(message => test.Tell(message));
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }
}
