using System.Diagnostics;
using Akka.Actor;

namespace Akka.Contract.Tests.Timing;

public sealed class SchedulerTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan s_soon = TimeSpan.FromMilliseconds(20);

    [Fact]
    public void A_message_comes_not_before_its_time()
    {
        var began = Stopwatch.GetTimestamp();
        Sys.Scheduler.ScheduleTellOnce(s_soon, TestActor, "tick", ActorRefs.NoSender);
        ExpectMsg("tick");
        Assert.True(Stopwatch.GetElapsedTime(began) >= s_soon);
    }

    [Fact]
    public void What_is_cancelled_does_not_come()
    {
        var cancelable = Sys.Scheduler.ScheduleTellOnceCancelable(s_soon, TestActor, "tick", ActorRefs.NoSender);
        cancelable.Cancel();
        Assert.True(cancelable.IsCancellationRequested);
        ExpectNoMsg(s_soon * 3);
    }

    [Fact]
    public void Repetition_ends_with_its_cancelable()
    {
        var cancelable = Sys.Scheduler.ScheduleTellRepeatedlyCancelable(
            s_soon, s_soon, TestActor, "tick", ActorRefs.NoSender);
        ExpectMsg("tick");
        ExpectMsg("tick");
        cancelable.Cancel();
        ReceiveWhile<object>(s_soon * 2, message => message);
        ExpectNoMsg(s_soon * 3);
    }

    [Fact]
    public void Code_can_be_scheduled()
    {
        var test = TestActor;
        Sys.Scheduler.Advanced.ScheduleOnce(s_soon, () => test.Tell("ran", ActorRefs.NoSender));
        ExpectMsg("ran");
    }

    [Fact]
    public void Earlier_work_runs_earlier_whatever_was_scheduled_first()
    {
        Sys.Scheduler.ScheduleTellOnce(s_soon * 3, TestActor, "later", ActorRefs.NoSender);
        Sys.Scheduler.ScheduleTellOnce(s_soon, TestActor, "sooner", ActorRefs.NoSender);
        ExpectMsg("sooner");
        ExpectMsg("later");
    }

    [Fact]
    public void A_cancelable_can_cancel_itself_later()
    {
        var cancelable = new Cancelable(Sys.Scheduler);
        cancelable.CancelAfter(s_soon);
        AwaitCondition(() => cancelable.Token.IsCancellationRequested);
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        Assert.ThrowsAny<ArgumentException>(() => Sys.Scheduler.ScheduleTellOnce(
            TimeSpan.FromSeconds(-1), TestActor, "tick", ActorRefs.NoSender));
        Assert.ThrowsAny<ArgumentException>(() => Sys.Scheduler.ScheduleTellRepeatedly(
            TimeSpan.Zero, TimeSpan.Zero, TestActor, "tick", ActorRefs.NoSender));
    }
}
