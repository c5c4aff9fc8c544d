using Akka.Actor;
using Akka.Configuration;
using Akka.Pattern;

namespace Akka.Contract.Tests.Patterns;

public sealed class BackoffSupervisorTests : Akka.TestKit.Xunit2.TestKit
{
    private static readonly TimeSpan s_min = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_max = TimeSpan.FromMilliseconds(100);

    public BackoffSupervisorTests()
        : base(ConfigurationFactory.ParseString("akka.loglevel = OFF"))
    {
    }

    [Fact]
    public void A_child_that_stopped_is_started_again()
    {
        var supervisor = Supervise(Backoff.OnStop(Child(), "child", s_min, s_max, 0, -1));
        var first = ExpectMsg<Started>().Child;
        supervisor.Tell("stop");
        var second = ExpectMsg<Started>().Child;
        Assert.NotEqual(first, second);
        Assert.Equal("child", second.Path.Name);
        supervisor.Tell("ping");
        ExpectMsg("pong");
    }

    [Fact]
    public void A_child_that_failed_is_started_again()
    {
        var supervisor = Supervise(Backoff.OnFailure(Child(), "child", s_min, s_max, 0, -1));
        ExpectMsg<Started>();
        supervisor.Tell("fail");
        ExpectMsg<Started>();
    }

    [Fact]
    public void On_failure_a_child_that_stops_by_itself_ends_the_supervisor()
    {
        var supervisor = Supervise(Backoff.OnFailure(Child(), "child", s_min, s_max, 0, -1));
        ExpectMsg<Started>();
        Watch(supervisor);
        supervisor.Tell("stop");
        ExpectTerminated(supervisor);
    }

    [Fact]
    public void After_as_many_restarts_as_allowed_the_supervisor_ends()
    {
        var supervisor = Supervise(Backoff.OnStop(Child(), "child", s_min, s_max, 0, 1).WithManualReset());
        Watch(supervisor);
        ExpectMsg<Started>();
        supervisor.Tell("stop");
        ExpectMsg<Started>();
        supervisor.Tell("stop");
        ExpectTerminated(supervisor);
    }

    [Fact]
    public void After_the_final_message_the_childs_end_is_the_supervisors()
    {
        var supervisor = Supervise(
            Backoff.OnStop(Child(), "child", s_min, s_max, 0, -1).WithFinalStopMessage(message => message is "stop"));
        ExpectMsg<Started>();
        Watch(supervisor);
        supervisor.Tell("stop");
        ExpectTerminated(supervisor);
    }

    [Fact]
    public void While_there_is_no_child_the_given_reply_is_sent()
    {
        var forLong = TimeSpan.FromMinutes(1);
        var supervisor = Supervise(
            Backoff.OnStop(Child(), "child", forLong, forLong, 0, -1).WithReplyWhileStopped("not now"));
        var child = ExpectMsg<Started>().Child;
        Watch(child);
        supervisor.Tell("stop");
        ExpectTerminated(child);
        AwaitAssert(() =>
        {
            supervisor.Tell("ping");
            ExpectMsg("not now");
        });
    }

    [Fact]
    public async Task The_count_of_restarts_is_told_and_reset_by_hand()
    {
        var supervisor = Supervise(Backoff.OnStop(Child(), "child", s_min, s_max, 0, -1).WithManualReset());
        ExpectMsg<Started>();
        supervisor.Tell("stop");
        ExpectMsg<Started>();
        Assert.Equal(1, await Restarts(supervisor));
        supervisor.Tell(BackoffSupervisor.Reset.Instance);
        Assert.Equal(0, await Restarts(supervisor));
    }

    [Fact]
    public async Task The_count_of_restarts_resets_itself_when_the_child_lives()
    {
        var supervisor = Supervise(Backoff.OnStop(Child(), "child", s_min, s_max, 0, -1).WithAutoReset(s_min));
        ExpectMsg<Started>();
        supervisor.Tell("stop");
        ExpectMsg<Started>();
        await AwaitConditionAsync(async () => await Restarts(supervisor) == 0, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void What_the_child_sends_its_parent_goes_to_the_supervisors_parent()
    {
        var parent = CreateTestProbe();
        var options = Backoff.OnStop(Child(), "child", s_min, s_max, 0, -1);
        var supervisor = parent.ChildActorOf(BackoffSupervisor.Props(options));
        ExpectMsg<Started>();
        supervisor.Tell("tell parent");
        parent.ExpectMsg("from the child");
    }

    [Theory]
    [InlineData(0, 100, 0)]
    [InlineData(100, 50, 0)]
    [InlineData(20, 100, 2)]
    public void Impossible_delays_are_refused(int min, int max, double factor) => Assert.ThrowsAny<ArgumentException>(
        () => BackoffSupervisor.Props(Backoff.OnStop(
            Child(), "child", TimeSpan.FromMilliseconds(min), TimeSpan.FromMilliseconds(max), factor, -1)));

    private static async Task<int> Restarts(IActorRef supervisor) =>
        (await supervisor.Ask<BackoffSupervisor.RestartCount>(BackoffSupervisor.GetRestartCount.Instance)).Count;

    private IActorRef Supervise(BackoffOptions options) => Sys.ActorOf(BackoffSupervisor.Props(options));

    private Props Child()
    {
        var test = TestActor;
        return Props.Create(() => new ChildActor(test));
    }

    private sealed record Started(IActorRef Child);

    private sealed class ChildActor : ReceiveActor
    {
        private readonly IActorRef _test;

        public ChildActor(IActorRef test)
        {
            _test = test;
            Receive<string>(text => text == "stop", _ => Context.Stop(Self));
            Receive<string>(text => text == "fail", _ => throw new InvalidOperationException("on purpose"));
            Receive<string>(text => text == "tell parent", _ => Context.Parent.Tell("from the child"));
            Receive<string>(_ => Sender.Tell("pong"));
        }

        protected override void PreStart() => _test.Tell(new Started(Self));
    }
}
