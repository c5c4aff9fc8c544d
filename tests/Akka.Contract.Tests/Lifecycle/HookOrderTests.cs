using Akka.Actor;
using Akka.Configuration;

namespace Akka.Contract.Tests.Lifecycle;

public sealed class HookOrderTests : Akka.TestKit.Xunit2.TestKit
{
    public HookOrderTests()
        : base(ConfigurationFactory.ParseString("akka.loglevel = OFF"))
    {
    }

    [Fact]
    public void A_life_is_constructor_start_stop()
    {
        var actor = Sys.ActorOf(Hooked());
        Expect("constructor", "PreStart");
        Sys.Stop(actor);
        Expect("PostStop");
        ExpectNoMsg(TimeSpan.FromMilliseconds(20));
    }

    [Fact]
    public void A_restart_runs_the_old_instances_hooks_then_the_new_ones()
    {
        var actor = Sys.ActorOf(Hooked());
        Expect("constructor", "PreStart");
        actor.Tell(new InvalidOperationException("on purpose"));
        Expect("PreRestart on purpose InvalidOperationException", "PostStop");
        Expect("constructor", "PostRestart on purpose", "PreStart");
    }

    [Fact]
    public void The_message_that_failed_is_lost_and_the_next_is_handled()
    {
        var actor = Sys.ActorOf(Hooked());
        Expect("constructor", "PreStart");
        actor.Tell(new InvalidOperationException("on purpose"));
        actor.Tell("next");
        ReceiveN(5);
        ExpectMsg("next");
    }

    [Fact]
    public void A_restarted_actor_keeps_its_reference()
    {
        var actor = Sys.ActorOf(Hooked());
        actor.Tell("who");
        actor.Tell(new InvalidOperationException("on purpose"));
        actor.Tell("who");
        Assert.Equal(FishForMessage<IActorRef>(_ => true), FishForMessage<IActorRef>(_ => true));
    }

    [Fact]
    public void A_restart_stops_the_children_unless_the_hook_is_replaced()
    {
        var actor = Sys.ActorOf(Hooked());
        actor.Tell("make child");
        var child = FishForMessage<Child>(_ => true).Ref;
        Watch(child);
        actor.Tell(new InvalidOperationException("on purpose"));
        FishForMessage<Terminated>(gone => gone.ActorRef.Equals(child));
    }

    [Fact]
    public void Children_survive_a_restart_when_the_hook_does_not_stop_them()
    {
        var test = TestActor;
        var actor = Sys.ActorOf(Props.Create(() => new KeepsChildren(test)));
        actor.Tell("make child");
        var child = ExpectMsg<Child>().Ref;
        actor.Tell(new InvalidOperationException("on purpose"));
        ExpectMsg("child started"); // the restart of the parent restarts the children it kept
        ExpectMsg("child started");
        actor.Tell("find child");
        Assert.Equal(child, ExpectMsg<Child>().Ref);
    }

    [Fact]
    public void An_actor_that_cannot_be_built_is_stopped()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Unbuildable()));
        Watch(actor);
        ExpectTerminated(actor);
    }

    [Fact]
    public void A_failure_in_PreStart_stops_the_actor_without_PostStop()
    {
        var test = TestActor;
        var actor = Sys.ActorOf(Props.Create(() => new FailsToStart(test)));
        Watch(actor);
        ExpectTerminated(actor);
    }

    [Fact]
    public void Children_end_before_their_parent()
    {
        var test = TestActor;
        var parent = Sys.ActorOf(Props.Create(() => new Nested(test, 2)));
        ExpectMsg("built");
        Sys.Stop(parent);
        Expect("stopped 0", "stopped 1", "stopped 2");
    }

    [Fact]
    public void Messages_after_the_stop_are_dead_letters()
    {
        var actor = Sys.ActorOf(Hooked());
        Expect("constructor", "PreStart");
        Sys.EventStream.Subscribe(TestActor, typeof(Event.DeadLetter));
        actor.Tell("stop yourself");
        actor.Tell("too late");
        Expect("PostStop");
        var letter = ExpectMsg<Event.DeadLetter>();
        Assert.Equal("too late", letter.Message);
        Assert.Equal(actor, letter.Recipient);
        Assert.Equal(TestActor, letter.Sender);
    }

    private void Expect(params string[] messages)
    {
        foreach (var message in messages)
            ExpectMsg(message);
    }

    private Props Hooked()
    {
        var test = TestActor;
        return Props.Create(() => new HookedActor(test));
    }

    private sealed record Child(IActorRef Ref);

    private sealed class HookedActor : ReceiveActor
    {
        private readonly IActorRef _test;

        public HookedActor(IActorRef test)
        {
            _test = test;
            test.Tell("constructor");
            Receive<Exception>(failure => throw failure);
            Receive<string>(text => text == "who", _ => test.Tell(Self));
            Receive<string>(text => text == "stop yourself", _ => Context.Stop(Self));
            Receive<string>(
                text => text == "make child",
                _ => test.Tell(new Child(Context.ActorOf(Akka.TestKit.TestActors.BlackHoleActor.Props))));
            ReceiveAny(message => test.Tell(message));
        }

        protected override void PreStart() => _test.Tell("PreStart");

        protected override void PostStop() => _test.Tell("PostStop");

        protected override void PreRestart(Exception reason, object? message)
        {
            _test.Tell($"PreRestart {reason.Message} {message!.GetType().Name}");
            base.PreRestart(reason, message);
        }

        protected override void PostRestart(Exception reason)
        {
            _test.Tell($"PostRestart {reason.Message}");
            base.PostRestart(reason);
        }
    }

    private sealed class KeepsChildren : ReceiveActor
    {
        public KeepsChildren(IActorRef test)
        {
            Receive<Exception>(failure => throw failure);
            Receive<string>(
                text => text == "make child",
                _ => test.Tell(new Child(Context.ActorOf(Props.Create(() => new StartTeller(test)), "child"))));
            Receive<string>(text => text == "find child", _ => test.Tell(new Child(Context.Child("child"))));
        }

        protected override void PreRestart(Exception reason, object? message)
        {
            // The children stay.
        }
    }

    private sealed class StartTeller : ReceiveActor
    {
        private readonly IActorRef _test;

        public StartTeller(IActorRef test) => _test = test;

        protected override void PreStart() => _test.Tell("child started");
    }

    private sealed class Unbuildable : ReceiveActor
    {
        public Unbuildable() => throw new InvalidOperationException("on purpose");
    }

    private sealed class FailsToStart : ReceiveActor
    {
        private readonly IActorRef _test;

        public FailsToStart(IActorRef test) => _test = test;

        protected override void PreStart() => throw new InvalidOperationException("on purpose");

        protected override void PostStop() => _test.Tell("PostStop");
    }

    private sealed class Nested : ReceiveActor
    {
        private readonly IActorRef _test;
        private readonly int _depth;

        public Nested(IActorRef test, int depth)
        {
            _test = test;
            _depth = depth;
        }

        protected override void PreStart()
        {
            if (_depth == 0)
                _test.Tell("built");
            else
                Context.ActorOf(Props.Create(() => new Nested(_test, _depth - 1)));
        }

        protected override void PostStop() => _test.Tell($"stopped {_depth}");
    }
}
