using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;

namespace Akka.Contract.Tests.TestKits;

public sealed class TestSchedulerTests : Akka.TestKit.Xunit2.TestKit
{
    private const string VirtualTime = "akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\"";

    public TestSchedulerTests()
        : base(ConfigurationFactory.ParseString(VirtualTime))
    {
    }

    private TestScheduler Clock => (TestScheduler)Sys.Scheduler;

    [Fact]
    public void Nothing_happens_before_time_is_moved_on()
    {
        Sys.Scheduler.ScheduleTellOnce(TimeSpan.FromHours(1), TestActor, "tick", ActorRefs.NoSender);
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
        Clock.Advance(TimeSpan.FromHours(1));
        ExpectMsg("tick");
    }

    [Fact]
    public void What_is_repeated_comes_once_for_each_interval()
    {
        var minute = TimeSpan.FromMinutes(1);
        Sys.Scheduler.ScheduleTellRepeatedly(minute, minute, TestActor, "tick", ActorRefs.NoSender);
        for (var count = 0; count < 3; count++)
        {
            Clock.Advance(minute);
            ExpectMsg("tick");
        }
    }

    [Fact]
    public void An_actors_timers_go_through_the_scheduler()
    {
        var target = TestActor;
        Sys.ActorOf(Props.Create(() => new Timing(target)));
        ExpectMsg("started");
        Clock.Advance(TimeSpan.FromMinutes(10));
        ExpectMsg("ten minutes later");
    }

    private sealed class Timing : ReceiveActor, IWithTimers
    {
        private readonly IActorRef _target;

        public Timing(IActorRef target)
        {
            _target = target;
            ReceiveAny(message => _target.Tell(message));
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart()
        {
            Timers.StartSingleTimer("key", "ten minutes later", TimeSpan.FromMinutes(10));
            _target.Tell("started");
        }
    }
}
