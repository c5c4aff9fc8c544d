using Akka.Actor;
using Akka.Event;
using Akka.TestKit;
using Akka.TestKit.TestActors;

namespace Akka.Contract.Tests.TestKits;

public sealed class TestKitTests : Akka.TestKit.Xunit2.TestKit
{
    [Fact]
    public void The_test_actor_is_the_implicit_sender()
    {
        var echo = Sys.ActorOf(Props.Create(() => new Echo()));
        echo.Tell("hello");
        ExpectMsg("hello");
        Assert.Equal(echo, LastSender);
    }

    [Fact]
    public async Task The_test_actor_stays_the_implicit_sender_after_an_await()
    {
        var echo = Sys.ActorOf(Props.Create(() => new Echo()));
        await Task.Delay(1);
        echo.Tell("hello");
        await ExpectMsgAsync("hello");
    }

    [Fact]
    public void A_probe_is_a_reference_and_can_reply()
    {
        var probe = CreateTestProbe("p");
        probe.Ref.Tell("question");
        Assert.Equal("question", probe.ExpectMsg<string>());
        probe.Reply("answer");
        ExpectMsg("answer");
        Assert.Equal(probe.Ref, LastSender);
    }

    [Fact]
    public void A_probe_watches_and_hears()
    {
        var probe = CreateTestProbe();
        var actor = Sys.ActorOf(BlackHoleActor.Props);
        probe.Watch(actor);
        actor.Tell(PoisonPill.Instance);
        probe.ExpectTerminated(actor);
    }

    [Fact]
    public void Messages_in_any_order_are_found()
    {
        TestActor.Tell(2);
        TestActor.Tell(1);
        ExpectMsgAllOf(1, 2);
    }

    [Fact]
    public void The_wrong_message_fails_the_test()
    {
        TestActor.Tell("wrong");
        Assert.ThrowsAny<Exception>(() => ExpectMsg("right"));
    }

    [Fact]
    public void Silence_and_its_opposite_are_noticed()
    {
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
        TestActor.Tell("noise");
        Assert.ThrowsAny<Exception>(() => ExpectNoMsg(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void Fishing_skips_what_it_does_not_look_for()
    {
        TestActor.Tell("a");
        TestActor.Tell(1);
        TestActor.Tell("b");
        Assert.Equal("b", FishForMessage<string>(text => text == "b"));
    }

    [Fact]
    public void An_event_filter_sees_a_log_event_and_takes_it()
    {
        EventFilter.Warning(contains: "low").ExpectOne(() => Sys.Log.Warning("fuel is {0}", "low"));
        Assert.ThrowsAny<Exception>(
            () => EventFilter.Error("never").Expect(1, TimeSpan.FromMilliseconds(50), () => { }));
    }

    [Fact]
    public void An_event_filter_sees_a_failure()
    {
        var echo = Sys.ActorOf(Props.Create(() => new Echo()));
        EventFilter.Exception<InvalidOperationException>(
            "on purpose").ExpectOne(() => echo.Tell(new Fail("on purpose")));
    }

    [Fact]
    public void An_event_filter_sees_a_dead_letter()
    {
        var actor = Sys.ActorOf(BlackHoleActor.Props);
        Watch(actor);
        Sys.Stop(actor);
        ExpectTerminated(actor);
        EventFilter.DeadLetter<string>().ExpectOne(() => actor.Tell("too late"));
    }

    [Fact]
    public void An_auto_pilot_answers_for_the_probe()
    {
        var probe = CreateTestProbe();
        probe.SetAutoPilot(new DelegateAutoPilot((sender, message) =>
        {
            sender.Tell("re: " + message);
            return AutoPilot.KeepRunning;
        }));
        probe.Ref.Tell("a");
        ExpectMsg("re: a");
        probe.Ref.Tell("b");
        ExpectMsg("re: b");
        probe.ExpectMsg("a");
        probe.ExpectMsg("b");
    }

    [Fact]
    public void What_takes_longer_than_Within_allows_fails()
    {
        Within(TimeSpan.FromSeconds(5), () => TestActor.Tell("x"));
        ExpectMsg("x");
        Assert.ThrowsAny<Exception>(() => Within(TimeSpan.FromMilliseconds(20), () => ExpectMsg<string>()));
    }

    [Fact]
    public void A_condition_is_waited_for()
    {
        var count = 0;
        AwaitCondition(() => ++count > 2, TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(1));
        AwaitAssert(() => Assert.True(++count > 5), TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(1));
        Assert.ThrowsAny<Exception>(() => AwaitCondition(() => false, TimeSpan.FromMilliseconds(20)));
    }

    [Fact]
    public void A_fixed_number_of_messages_is_received()
    {
        foreach (var number in Enumerable.Range(0, 5))
            TestActor.Tell(number);
        Assert.Equal([0, 1, 2], ReceiveN(3).Cast<int>());
        Assert.Equal([3, 4], ReceiveWhile<object>(TimeSpan.FromMilliseconds(50), message => message).Cast<int>());
    }

    [Fact]
    public void Ignored_messages_do_not_show()
    {
        IgnoreMessages<int>();
        TestActor.Tell(1);
        TestActor.Tell("seen");
        ExpectMsg("seen");
        IgnoreNoMessages();
        TestActor.Tell(2);
        ExpectMsg(2);
    }

    private sealed record Fail(string Text);

    private sealed class Echo : ReceiveActor
    {
        public Echo()
        {
            Receive<Fail>(fail => throw new InvalidOperationException(fail.Text));
            ReceiveAny(message => Sender.Tell(message));
        }
    }
}
