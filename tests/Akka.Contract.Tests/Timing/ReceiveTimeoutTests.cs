using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;

namespace Akka.Contract.Tests.Timing;

public sealed class ReceiveTimeoutTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(1);

    public ReceiveTimeoutTests()
        : base(ConfigurationFactory.ParseString(
            "akka.scheduler.implementation = \"Akka.TestKit.TestScheduler, Akka.TestKit\""))
    {
    }

    private TestScheduler Clock => (TestScheduler)Sys.Scheduler;

    [Fact]
    public void It_comes_when_nothing_else_came_and_again_after_that()
    {
        Start();
        Clock.Advance(s_timeout);
        ExpectMsg("timeout");
        Sync();
        Clock.Advance(s_timeout);
        ExpectMsg("timeout");
    }

    [Fact]
    public void A_message_puts_it_off()
    {
        var actor = Start();
        Clock.Advance(s_timeout / 2);
        Sync(actor);
        Clock.Advance(s_timeout / 2);
        Sync(actor);
        Clock.Advance(s_timeout);
        ExpectMsg("timeout");
    }

    [Fact]
    public void A_message_that_does_not_count_leaves_it_alone()
    {
        var actor = Start();
        Clock.Advance(s_timeout / 2);
        actor.Tell(new Transparent());
        ExpectMsg("transparent");
        Clock.Advance(s_timeout / 2);
        ExpectMsg("timeout");
    }

    [Fact]
    public void Null_switches_it_off()
    {
        var actor = Start();
        actor.Tell("off");
        Sync(actor);
        Clock.Advance(s_timeout * 10);
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    private IActorRef? _actor;

    private IActorRef Start()
    {
        var test = TestActor;
        _actor = Sys.ActorOf(Props.Create(() => new Waiting(test)));
        Sync();
        return _actor;
    }

    private void Sync(IActorRef? actor = null)
    {
        (actor ?? _actor!).Tell("sync");
        ExpectMsg("sync");

        // The wait begins anew after the handler has answered: it has, when the next message is handled.
        (actor ?? _actor!).Tell(new Transparent());
        ExpectMsg("transparent");
    }

    private sealed record Transparent : INotInfluenceReceiveTimeout;

    private sealed class Waiting : ReceiveActor
    {
        public Waiting(IActorRef test)
        {
            SetReceiveTimeout(s_timeout);
            Receive<ReceiveTimeout>(_ => test.Tell("timeout"));
            Receive<Transparent>(_ => test.Tell("transparent"));
            Receive<string>(text => text == "off", _ => SetReceiveTimeout(null));
            Receive<string>(text => test.Tell(text));
        }
    }
}
