using Akka.Actor;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Framework.Frameworks;
using ClusterScheduler.Protocol;
using ClusterScheduler.Runtime.Entities;

namespace ClusterScheduler.Framework.Tests.ControlPlane;

/// <summary>What somebody said it would do and forgot, or was told and no longer knows.</summary>
public class ForgottenTests
{
    private static readonly FrameworkOptions WakesOften =
        FrameworkOptions.Default with { WakeInterval = TimeSpan.FromSeconds(1) };

    [Fact]
    public async Task A_launch_that_the_agent_took_and_forgot_is_said_again()
    {
        await using var plane = new LocalControlPlane(frameworkOptions: WakesOften);
        await LaunchForgotten(plane);

        await plane.Hear<SchedulerProtocol.Updated>(static updated => updated.Update.State == TaskState.Running);
        Assert.Single((await plane.AgentNews()).OfType<FakeAgent.Started>());
    }

    [Fact]
    public async Task A_kill_that_the_agent_took_and_forgot_is_said_again()
    {
        await using var plane = new LocalControlPlane(frameworkOptions: WakesOften);
        await LaunchForgotten(plane);
        plane.Tell(new FrameworkProtocol.KillTask(plane.Framework, plane.Connection, new TaskId("t"), null));

        var end = await plane.Hear<SchedulerProtocol.Updated>(static updated => updated.Update.State.IsTerminal());
        Assert.Equal(TaskState.Killed, end.Update.State);
    }

    [Fact]
    public async Task An_entity_follows_no_master_before_the_one_that_its_scheduler_has_heard_of()
    {
        await using var plane = new LocalControlPlane();
        Assert.Equal(new MasterEpoch(1), (await plane.Subscribe()).Epoch);
        plane.Seen = new MasterEpoch(2);
        var subscribed = plane.Subscribe();

        await plane.Hear<LateMaster.Ended>();
        plane.StartMaster();
        Assert.True((await subscribed).Epoch > new MasterEpoch(2));
    }

    /// <summary>Nobody harms the others by what it says it has heard of.</summary>
    [Fact]
    public async Task An_epoch_that_no_master_can_have_had_leaves_the_master_in_office()
    {
        await using var plane = new LocalControlPlane();
        plane.Master.Tell(
            new MasterProtocol.ElectionNoted(new FrameworkId("other"), new MasterEpoch(long.MaxValue)), null);
        var offer = await plane.FirstOffer();
        Assert.Contains("-1-O", offer.Id.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_master_that_calls_an_entity_after_a_much_later_one_did_stops_and_comes_back_as_the_latest()
    {
        await using var plane = new LocalControlPlane();
        Assert.Equal(new MasterEpoch(1), (await plane.Subscribe()).Epoch);
        plane.Tell(new FrameworkProtocol.MasterElected(plane.Framework, new MasterEpoch(300)));
        await plane.Hear<LateMaster.Ended>();

        plane.StartMaster();
        await plane.Hear<SchedulerProtocol.Subscribed>(static said => said.Epoch > new MasterEpoch(300));
    }

    [Fact]
    public async Task A_task_whose_launch_is_not_answered_yet_is_staging_for_who_asks()
    {
        await using var plane = new LocalControlPlane();
        var offer = await plane.FirstOffer();
        plane.StopMaster();
        Launch(plane, offer);
        plane.Tell(new FrameworkProtocol.Reconcile(plane.Framework, plane.Connection, [new TaskId("t")]));

        var told = (await plane.Hear<SchedulerProtocol.Updated>()).Update;
        Assert.Equal((TaskState.Staging, StatusReason.Reconciliation), (told.State, told.Reason));
    }

    /// <summary>The network holds an answer up, and the task ends meanwhile (I4).</summary>
    [Fact]
    public async Task What_was_answered_before_a_task_ended_is_not_told_after_its_end()
    {
        await using var plane = new LocalControlPlane();
        var offer = await plane.FirstOffer();
        var (ended, unknown) = (new TaskId("t"), new TaskId("nobody's"));
        Launch(plane, offer);
        StatusUpdate last;
        do
        {
            last = (await plane.Hear<SchedulerProtocol.Updated>()).Update;
            plane.Tell(new FrameworkProtocol.Acknowledge(plane.Framework, plane.Connection, ended, last.Uuid!.Value));
        }
        while (!last.State.IsTerminal());

        Answer(ended, TaskState.Running);
        Answer(unknown, TaskState.Unknown);

        var told = await plane.Hear<SchedulerProtocol.Updated>(
            static updated => updated.Update.Reason == StatusReason.Reconciliation);
        Assert.Equal(unknown, told.Update.TaskId);

        void Answer(TaskId task, TaskState state) => plane.Tell(new FrameworkProtocol.TaskUpdated(plane.Framework,
            new StatusUpdate(task, state, StatusSource.Executor, StatusReason.Reconciliation, "", default)));
    }

    /// <summary>Its task was granted, and the message that would have staged it is lost for good.</summary>
    [Fact]
    public async Task A_removed_framework_does_not_wait_for_the_end_of_a_task_that_nobody_knows()
    {
        await using var plane = new LocalControlPlane(
            link: static (system, target) => system.ActorOf(
                Props.Create(() => new Sieve(target, typeof(TaskProtocol.StageTask)))));
        var offer = await plane.FirstOffer();
        var frameworks = ClusterRefs.Of(plane.System).Frameworks;
        Launch(plane, offer);
        await LocalControlPlane.Eventually(async () => await Count() == 1 ? null : "it was not granted");

        plane.Tell(new FrameworkProtocol.Teardown(plane.Framework, plane.Connection));
        await LocalControlPlane.Eventually(async () => await Count() == 0 ? null : "it is waited for");

        async Task<int> Count() => (await frameworks.Ask<FrameworkProtocol.TaskList>(
            new FrameworkProtocol.ListTasks(plane.Framework))).Tasks.Length;
    }

    /// <summary>A scheduler takes offers only when it is subscribed, and the master made them once.</summary>
    [Fact]
    public async Task Offers_of_a_master_whose_answer_to_the_registration_was_lost_follow_the_subscription()
    {
        await using var plane = new LocalControlPlane(link: static (system, target) => system.ActorOf(
            Props.Create(() => new Sieve(target, typeof(FrameworkProtocol.FrameworkRegistered)))));
        var offer = await plane.FirstOffer();
        Assert.Equal("a", offer.Hostname);
    }

    [Fact]
    public async Task Heartbeats_count_what_was_heard_and_said_on_this_connection()
    {
        await using var plane = new LocalControlPlane(
            frameworkOptions: FrameworkOptions.Default with { Heartbeat = TimeSpan.FromMilliseconds(50) });
        await plane.Subscribe(null, "*");
        plane.Tell(new FrameworkProtocol.SuppressOffers(plane.Framework, plane.Connection, ["*"]));
        plane.Tell(new FrameworkProtocol.SuppressOffers(plane.Framework, Guid.NewGuid(), ["*"]));
        plane.Tell(new FrameworkProtocol.Reconcile(plane.Framework, plane.Connection, [new TaskId("nobody's")]));
        await plane.Hear<SchedulerProtocol.Updated>();
        var before = await plane.Hear<SchedulerProtocol.Heartbeat>(static heartbeat => heartbeat.Heard >= 2);
        Assert.Equal(2, before.Heard);

        await plane.Subscribe(null, "*");
        var after = await plane.Hear<SchedulerProtocol.Heartbeat>(
            heartbeat => heartbeat.Connection == plane.Connection && heartbeat.Said > 0);
        Assert.Equal(0, after.Heard);
    }

    private static void Launch(LocalControlPlane plane, Offer offer) =>
        plane.Tell(new FrameworkProtocol.AcceptOffers(plane.Framework, plane.Connection, [offer.Id],
            [new TaskInfo(new TaskId("t"), "t", ResourceSet.Parse("cpus:1;mem:64"), TaskPlan.OfShell("true"))],
            OfferFilters.Default));

    private static async Task LaunchForgotten(LocalControlPlane plane)
    {
        var offer = await plane.FirstOffer();
        var task = new TaskInfo(
            new TaskId("t"), "forget", ResourceSet.Parse("cpus:1"), TaskPlan.OfShell("true"));
        plane.Tell(new FrameworkProtocol.AcceptOffers(
            plane.Framework, plane.Connection, [offer.Id], [task], new OfferFilters(TimeSpan.Zero)));
    }

    /// <summary>All comes through but one kind of message.</summary>
    private sealed class Sieve : ReceiveActor
    {
        public Sieve(IActorRef target, Type lost) => ReceiveAny(message =>
        {
            if (message.GetType() != lost)
            {
                target.Tell(message, Sender);
            }
        });
    }
}
