using Akka.Actor;
using Akka.Configuration;

namespace Akka.Contract.Tests.Supervision;

public sealed class DirectiveTests : Akka.TestKit.Xunit2.TestKit
{
    public DirectiveTests()
        : base(ConfigurationFactory.ParseString("akka.loglevel = OFF"))
    {
    }

    [Fact]
    public async Task Resume_keeps_the_childs_state()
    {
        var child = await Child(new OneForOneStrategy(_ => Directive.Resume));
        child.Tell(1);
        child.Tell("fail");
        child.Tell("get");
        ExpectMsg(1);
    }

    [Fact]
    public async Task Restart_drops_the_childs_state()
    {
        var child = await Child(new OneForOneStrategy(_ => Directive.Restart));
        child.Tell(1);
        child.Tell("fail");
        child.Tell("get");
        ExpectMsg(0);
    }

    [Fact]
    public async Task Stop_ends_the_child()
    {
        var child = await Child(new OneForOneStrategy(_ => Directive.Stop));
        Watch(child);
        child.Tell("fail");
        ExpectTerminated(child);
    }

    [Fact]
    public async Task Escalate_makes_the_parent_fail_and_restart()
    {
        var test = TestActor;
        var strategy = new OneForOneStrategy(_ => Directive.Escalate);
        var top = Sys.ActorOf(Props.Create(() => new SupervisingActor(SupervisorStrategy.DefaultStrategy, test)));
        var middle = await top.Ask<IActorRef>(Props.Create(() => new SupervisingActor(strategy, test)));
        ReceiveN(2); // both started
        var child = await middle.Ask<IActorRef>(Counting());
        Watch(child);
        child.Tell("fail");
        Assert.Equal("supervisor started", FishForMessage<string>(_ => true));
        FishForMessageOrPast(child);
    }

    [Fact]
    public async Task All_for_one_restarts_the_siblings_too()
    {
        var supervisor = Supervisor(new AllForOneStrategy(_ => Directive.Restart));
        var first = await supervisor.Ask<IActorRef>(Counting());
        var second = await supervisor.Ask<IActorRef>(Counting());
        second.Tell(7);
        second.Tell("get");
        ExpectMsg(7);
        first.Tell("fail");
        AwaitAssert(() =>
        {
            second.Tell("get");
            ExpectMsg(0);
        });
    }

    [Fact]
    public async Task One_for_one_leaves_the_siblings_alone()
    {
        var supervisor = Supervisor(new OneForOneStrategy(_ => Directive.Restart));
        var first = await supervisor.Ask<IActorRef>(Counting());
        var second = await supervisor.Ask<IActorRef>(Counting());
        second.Tell(7);
        first.Tell(3);
        first.Tell("fail");
        first.Tell("get");
        ExpectMsg(0);
        second.Tell("get");
        ExpectMsg(7);
    }

    [Fact]
    public async Task More_failures_than_allowed_in_the_window_stop_the_child()
    {
        var child = await Child(new OneForOneStrategy(2, TimeSpan.FromMinutes(1), _ => Directive.Restart));
        Watch(child);
        child.Tell("fail");
        child.Tell("fail");
        child.Tell("get");
        ExpectMsg(0);
        child.Tell("fail");
        ExpectTerminated(child);
    }

    [Fact]
    public async Task No_restart_allowed_means_stop()
    {
        var child = await Child(new OneForOneStrategy(0, TimeSpan.FromMinutes(1), _ => Directive.Restart));
        Watch(child);
        child.Tell("fail");
        ExpectTerminated(child);
    }

    [Fact]
    public async Task Failures_far_apart_do_not_count_together()
    {
        var window = TimeSpan.FromMilliseconds(30);
        var child = await Child(new OneForOneStrategy(1, window, _ => Directive.Restart));
        for (var count = 0; count < 3; count++)
        {
            child.Tell("fail");
            child.Tell("get");
            ExpectMsg(0);
            await Task.Delay(window * 3);
        }
    }

    [Fact]
    public async Task Kill_stops_by_default()
    {
        var child = await Child(SupervisorStrategy.DefaultStrategy);
        Watch(child);
        child.Tell(Kill.Instance);
        ExpectTerminated(child);
    }

    [Fact]
    public async Task The_decider_sees_the_exception_that_was_thrown()
    {
        var seen = new TaskCompletionSource<Exception>();
        var child = await Child(new OneForOneStrategy(failure =>
        {
            seen.TrySetResult(failure);
            return Directive.Resume;
        }));
        child.Tell("fail");
        Assert.Equal("on purpose", Assert.IsType<InvalidOperationException>(await seen.Task).Message);
    }

    [Fact]
    public void Of_a_table_of_directives_the_first_row_that_fits_counts()
    {
        var decider = Decider.From(
            Directive.Escalate,
            Directive.Resume.When<ArgumentNullException>(),
            Directive.Stop.When<ArgumentException>(),
            Directive.Restart.When<ArgumentOutOfRangeException>());
        Assert.Equal(Directive.Resume, decider.Decide(new ArgumentNullException()));
        Assert.Equal(Directive.Stop, decider.Decide(new ArgumentOutOfRangeException()));
        Assert.Equal(Directive.Escalate, decider.Decide(new InvalidOperationException()));
    }

    [Fact]
    public async Task A_strategy_in_Props_replaces_the_actors_default()
    {
        var props = Props.Create(
            () => new PlainParent()).WithSupervisorStrategy(new OneForOneStrategy(_ => Directive.Stop));
        var child = await Sys.ActorOf(props).Ask<IActorRef>(Counting());
        Watch(child);
        child.Tell("fail");
        ExpectTerminated(child);
    }

    private static Props Counting() => Props.Create(() => new CountingActor());

    private void FishForMessageOrPast(IActorRef child)
    {
        AwaitAssert(() =>
        {
            child.Tell(new Identify(1));
            Assert.Null(FishForMessage<ActorIdentity>(_ => true).Subject);
        });
    }

    private IActorRef Supervisor(SupervisorStrategy strategy) =>
        Sys.ActorOf(Props.Create(() => new SupervisingActor(strategy, ActorRefs.Nobody)));

    private Task<IActorRef> Child(SupervisorStrategy strategy) => Supervisor(strategy).Ask<IActorRef>(Counting());

    private sealed class SupervisingActor : ReceiveActor
    {
        private readonly SupervisorStrategy _strategy;
        private readonly IActorRef _test;

        public SupervisingActor(SupervisorStrategy strategy, IActorRef test)
        {
            _strategy = strategy;
            _test = test;
            Receive<Props>(props => Sender.Tell(Context.ActorOf(props)));
        }

        protected override void PreStart() => _test.Tell("supervisor started");

        protected override SupervisorStrategy SupervisorStrategy() => _strategy;
    }

    private sealed class PlainParent : ReceiveActor
    {
        public PlainParent() => Receive<Props>(props => Sender.Tell(Context.ActorOf(props)));
    }

    private sealed class CountingActor : ReceiveActor
    {
        private int _sum;

        public CountingActor()
        {
            Receive<int>(number => _sum += number);
            Receive<string>(text => text == "get", _ => Sender.Tell(_sum));
            Receive<string>(text => text == "fail", _ => throw new InvalidOperationException("on purpose"));
        }
    }
}
