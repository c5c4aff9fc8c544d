using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Contract.Tests.Behaviour;

public sealed class ReceiveTests : Akka.TestKit.Xunit2.TestKit
{
    public ReceiveTests()
        : base(ConfigurationFactory.ParseString("akka.loglevel = OFF"))
    {
    }

    [Fact]
    public void The_first_handler_that_takes_a_message_gets_it()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Ordered()));
        actor.Tell(5);
        ExpectMsg("small");
        actor.Tell(50);
        ExpectMsg("large");
        actor.Tell(500);
        ExpectMsg("object");
    }

    [Fact]
    public void A_base_type_or_an_interface_takes_what_derives_from_it()
    {
        var actor = Sys.ActorOf(Props.Create(() => new ByParentType()));
        actor.Tell(new Derived());
        ExpectMsg("base");
        actor.Tell(new[] { 1 });
        ExpectMsg("enumerable");
    }

    [Fact]
    public void A_handler_that_answers_false_passes_the_message_on()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Declining()));
        actor.Tell("x");
        ExpectMsg("second");
    }

    [Fact]
    public void Handlers_can_be_given_by_type_objects()
    {
        var actor = Sys.ActorOf(Props.Create(() => new ByTypeObject()));
        actor.Tell(new Version(1, 0));
        ExpectMsg("version");
        actor.Tell(DayOfWeek.Monday);
        ExpectMsg("day");
    }

    [Fact]
    public void What_nobody_takes_is_published_as_unhandled()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(UnhandledMessage));
        var actor = Sys.ActorOf(Props.Create(() => new Ordered2()));
        actor.Tell(1.5);
        var unhandled = ExpectMsg<UnhandledMessage>();
        Assert.Equal(1.5, unhandled.Message);
        Assert.Equal(actor, unhandled.Recipient);
        Assert.Equal(TestActor, unhandled.Sender);
    }

    [Fact]
    public void No_handler_can_follow_one_that_takes_everything()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Impossible()));
        Watch(actor);
        ExpectTerminated(actor);
    }

    [Fact]
    public void Handlers_cannot_be_declared_while_running()
    {
        var actor = Sys.ActorOf(Props.Create(() => new TooLate()));
        actor.Tell("x");
        ExpectMsg<InvalidOperationException>();
    }

    [Fact]
    public void Null_is_no_message() => Assert.ThrowsAny<Exception>(() => TestActor.Tell(null!, TestActor));

    [Fact]
    public void Forward_keeps_the_sender()
    {
        var test = TestActor;
        var probe = CreateTestProbe();
        var forwarder = Sys.ActorOf(Props.Create(() => new Forwarding(test)));
        probe.Send(forwarder, "x");
        ExpectMsgFrom(probe.Ref, "x");
    }

    private class Parent;

    private sealed class Derived : Parent;

    private sealed class Ordered : ReceiveActor
    {
        public Ordered()
        {
            Receive<int>(number => number < 10, _ => Sender.Tell("small"));
            Receive<int>(_ => Sender.Tell("large"), number => number < 100);
            ReceiveAny(_ => Sender.Tell("object"));
        }
    }

    private sealed class Ordered2 : ReceiveActor
    {
        public Ordered2() => Receive<int>(_ => { });
    }

    private sealed class ByParentType : ReceiveActor
    {
        public ByParentType()
        {
            Receive<Parent>(_ => Sender.Tell("base"));
            Receive<IEnumerable<int>>(_ => Sender.Tell("enumerable"));
        }
    }

    private sealed class Declining : ReceiveActor
    {
        public Declining()
        {
            Receive<string>(_ => false);
            Receive<string>(_ =>
            {
                Sender.Tell("second");
                return true;
            });
        }
    }

    private sealed class ByTypeObject : ReceiveActor
    {
        public ByTypeObject()
        {
            // Of types that no other actor takes: Akka.NET keeps what it makes of handlers by their types, for the
            // whole process, and fails where it was made for handlers given by type parameters.
            foreach (var (type, name) in new[] { (typeof(Version), "version"), (typeof(DayOfWeek), "day") })
                Receive(type, _ => Sender.Tell(name));
        }
    }

    private sealed class Impossible : ReceiveActor
    {
        public Impossible()
        {
            ReceiveAny(_ => { });
            Receive<string>(_ => { });
        }
    }

    private sealed class TooLate : ReceiveActor
    {
        public TooLate() => Receive<string>(_ =>
        {
            try
            {
                Receive<int>(_ => { });
            }
            catch (InvalidOperationException refused)
            {
                Sender.Tell(refused);
            }
        });
    }

    private sealed class Forwarding : ReceiveActor
    {
        public Forwarding(IActorRef target) => ReceiveAny(target.Forward);
    }
}
