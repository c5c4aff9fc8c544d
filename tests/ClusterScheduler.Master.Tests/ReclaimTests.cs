using System.Collections.Immutable;
using Akka.Actor;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Preemption;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Master.Tests;

/// <summary>
/// Role b is guaranteed what role a uses. The agent has 4 cpus; the test plays both frameworks and the tasks' entities.
/// </summary>
public class ReclaimTests : MasterScene
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(40);

    [Fact]
    public void By_default_nobody_is_asked_and_nothing_is_killed_however_long_a_role_waits()
    {
        Assert.Equal(ReclaimMode.Off, MasterOptions.Default.Reclaim.Mode);
        Begin(ReclaimMode.Off, TimeSpan.Zero);
        Starve(("t", "cpus:3;mem:64", 0));

        NobodyIsAsked(TimeSpan.FromMilliseconds(400));
        Tasks.ExpectNoMsg(TimeSpan.Zero);
        var plan = Ask<MasterProtocol.ReclaimPlanned>(new MasterProtocol.PlanReclaim());
        Assert.Equal((ReclaimMode.Off, ReclaimAction.Ask), (plan.Mode, Assert.Single(plan.Steps).Action));
        Assert.Equal("b", Assert.Single(plan.Waiting).Role);
    }

    [Fact]
    public void A_role_that_waits_gets_what_it_is_guaranteed_when_who_is_asked_gives_it_back()
    {
        Begin(ReclaimMode.Kill, TimeSpan.FromHours(1));
        var agent = Starve(("t", "cpus:3;mem:64", 0));

        var asked = NextAsked("t");
        Assert.Equal((agent.AgentId, "cpus:3;mem:64"), (asked.AgentId, asked.Resources.ToString()));
        var reason = asked.Reclaim!;
        Assert.Equal(("b", "t", true), (reason.Role, Assert.Single(reason.Tasks).Value, reason.IsKilledAfter));
        Assert.Equal(new Unavailability(reason.Until, null), asked.Unavailability);
        var step = Assert.Single(Ask<MasterProtocol.ReclaimPlanned>(new MasterProtocol.PlanReclaim()).Steps);
        Assert.Equal((ReclaimAction.WaitForDeadline, reason.Until), (step.Action, step.Until));

        End(agent, "t");
        Assert.Equal(asked.Id, Assert.Single(NextInverseRescinded()));
        OfferOf("b", 3);
        Tasks.FishForMessage<TaskProtocol.TaskReleased>(_ => true);
        Tasks.ExpectNoMsg(TimeSpan.FromMilliseconds(200));
        Assert.Empty(Ask<MasterProtocol.ReclaimPlanned>(new MasterProtocol.PlanReclaim()).Steps);
    }

    [Fact]
    public void After_the_deadline_only_the_task_that_is_needed_is_ended_and_said_again_until_it_is_noted()
    {
        Begin(ReclaimMode.Kill, TimeSpan.FromMilliseconds(200));
        var agent = Starve(("dear", "cpus:2;mem:64", 5), ("cheap", "cpus:2;mem:64", 1));
        Assert.Single(NextAsked("cheap").Reclaim!.Tasks);

        var order = NextPreemption();
        Assert.Equal(("cheap", agent.AgentId, agent.Session, "b"),
            (order.TaskId.Value, order.AgentId, order.Session, order.For));
        Assert.Equal(order, NextPreemption());
        Master.Tell(new MasterProtocol.PreemptionNoted(order.FrameworkId, order.TaskId, order.AgentId));
        var shown = Ask<MasterProtocol.ReclaimPlanned>(new MasterProtocol.PlanReclaim());
        Assert.Equal(ReclaimAction.Ending, Assert.Single(shown.Steps).Action);
        Assert.Equal(("cheap", "b"), (Assert.Single(shown.Killed).TaskId.Value, shown.Killed[0].For));
        AwaitAssert(() => Tasks.ExpectNoMsg(TimeSpan.FromMilliseconds(200)));

        End(agent, "cheap");
        OfferOf("b", 2);
        Tasks.FishForMessage<TaskProtocol.TaskReleased>(_ => true);
        Tasks.ExpectNoMsg(TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public void Where_it_is_allowed_to_ask_only_nothing_is_killed_and_others_are_asked_after_the_deadline()
    {
        Begin(ReclaimMode.Ask, TimeSpan.FromMilliseconds(200));
        Starve(("t1", "cpus:2;mem:64", 0), ("t2", "cpus:2;mem:64", 0));
        var first = NextAsked("t1");
        Assert.False(first.Reclaim!.IsKilledAfter);
        Assert.Single(first.Reclaim.Tasks);
        Assert.Equal(first.Id, Assert.Single(NextInverseRescinded()));
        Assert.Single(NextAsked("t2").Reclaim!.Tasks);
        Assert.Single(NextAsked("t1").Reclaim!.Tasks);
        Tasks.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void An_inverse_offer_is_said_again_until_it_is_noted_and_its_answer_is_shown()
    {
        Begin(ReclaimMode.Kill, TimeSpan.FromHours(1));
        Starve(("t", "cpus:3;mem:64", 0));
        var asked = NextAsked("t");
        Assert.Equal(asked.Id, NextAsked("t").Id);
        Master.Tell(new MasterProtocol.InverseOffersNoted(new FrameworkId("a"), Epoch, [asked.Id]));
        Master.Tell(new MasterProtocol.AnswerInverseOffers(
            new FrameworkId("a"), Epoch, [asked.Id], InverseVerdict.Declined, OfferFilters.Default));
        Frameworks.FishForMessage<FrameworkProtocol.InverseOffersEnded>(_ => true);
        Assert.Equal(InverseVerdict.Declined,
            Assert.Single(Ask<MasterProtocol.ReclaimPlanned>(new MasterProtocol.PlanReclaim()).Steps).Verdict);
    }

    [Fact]
    public void A_role_whose_frameworks_want_nothing_takes_nothing_back()
    {
        Begin(ReclaimMode.Kill, TimeSpan.FromMilliseconds(100));
        Occupy(("t", "cpus:4;mem:1024", 0));
        Guarantee("cpus:2");
        Register("b", "b", null, "b");
        NobodyIsAsked(TimeSpan.FromMilliseconds(300));
        Tasks.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public void Offers_in_the_way_are_taken_back_before_anybody_is_asked()
    {
        Begin(ReclaimMode.Kill, TimeSpan.FromHours(1));
        Guarantee("cpus:4");
        Register("a", "a");
        ImmutableArray<AgentId> agents = [JoinAgent().AgentId, JoinAgent().AgentId];
        var held = OfferOf("a", 4);

        // The other agent was the headroom of the guarantee; now the offer is in its way.
        Ask<MasterProtocol.AgentMarkedGone>(
            new MasterProtocol.MarkAgentGone(agents.Single(agent => agent != held.AgentId)));
        Register("b", "b");
        Frameworks.FishForMessage<FrameworkProtocol.OffersRescinded>(
            rescinded => rescinded.OfferIds.Contains(held.Id));
        OfferOf("b", 4);
        Assert.Empty(Ask<MasterProtocol.ReclaimPlanned>(new MasterProtocol.PlanReclaim()).Steps);
    }

    [Fact]
    public void A_new_master_asks_before_it_kills_goes_by_priority_and_lets_what_is_ending_end()
    {
        Begin(ReclaimMode.Kill, TimeSpan.FromHours(1));
        Guarantee("cpus:3");
        var agent = JoinAgent(null, Reported("a-dear", "cpus:1", 7), Reported("ending", "cpus:2", 9, TaskState.Killing),
            Reported("z-cheap", "cpus:1", -7));
        Restart();
        Register("b", "b");
        Register("a", "a");

        // While the agent is awaited, everybody seems to lack what runs there.
        Tasks.ExpectNoMsg(TimeSpan.FromMilliseconds(200));
        Assert.Equal(1, Ask<MasterProtocol.ReclaimPlanned>(new MasterProtocol.PlanReclaim()).AgentsAwaited);
        Master.Tell(new MasterProtocol.RegisterAgent(agent.AgentId, Machine, Guid.NewGuid()), Agent.Ref);
        var again = Agent.FishForMessage<AgentProtocol.AgentRegistered>(_ => true);
        Master.Tell(new MasterProtocol.ReportTasks(again.AgentId, again.Session,
            [
                Reported("a-dear", "cpus:1", 7), Reported("ending", "cpus:2", 9, TaskState.Killing),
                Reported("z-cheap", "cpus:1", -7),
            ]), Agent.Ref);
        Assert.Single(NextAsked("z-cheap").Reclaim!.Tasks);
        Tasks.ExpectNoMsg(TimeSpan.FromMilliseconds(200));
    }

    private MasterEpoch Epoch { get; set; }

    private MasterOptions Options { get; set; } = MasterOptions.Default;

    private void Begin(ReclaimMode mode, TimeSpan leaveWithin)
    {
        Options = MasterOptions.Default with
        {
            Retry = Short,
            AuditInterval = TimeSpan.FromDays(1),
            Reclaim = new ReclaimSettings(mode, TimeSpan.Zero, leaveWithin) { Interval = Short },
        };
        Restart();
    }

    private void Restart()
    {
        Restart(Options);
        AwaitAssert(() => Ask<MasterProtocol.MasterIdentity>(new MasterProtocol.IdentifyMaster()));
    }

    /// <summary>Role a uses the agent with these tasks; then b, which is guaranteed 2 cpus, wants them.</summary>
    private AgentProtocol.AgentRegistered Starve(params (string Id, string Resources, int Priority)[] tasks)
    {
        var agent = Occupy(tasks);
        Guarantee("cpus:2");
        Register("b", "b");
        OfferOf("b", 4 - tasks.Sum(static task => ResourceSet.Parse(task.Resources).Cpus.ToDouble()));
        return agent;
    }

    private AgentProtocol.AgentRegistered Occupy(params (string Id, string Resources, int Priority)[] tasks)
    {
        Epoch = Register("a", "a");
        var agent = JoinAgent();
        var offer = NextOffer("a");
        Master.Tell(new MasterProtocol.Accept(new FrameworkId("a"), 1, Epoch, [offer.Id],
            [.. tasks.Select(task => Task(task.Id, task.Resources) with { Priority = task.Priority })],
            new OfferFilters(TimeSpan.FromHours(1)), 0));
        Frameworks.FishForMessage<FrameworkProtocol.AcceptAnswered>(_ => true);
        return agent;
    }

    private void Guarantee(string amounts) => Ask<MasterProtocol.QuotaUpdated>(new MasterProtocol.UpdateQuota(
        [QuotaConfig.Of(RoleName.Parse("b"), Quota.Parse(amounts, ""))], Force: true, DryRun: false));

    private void End(AgentProtocol.AgentRegistered agent, string task) => Master.Tell(
        new MasterProtocol.ReleaseTask(new FrameworkId("a"), new TaskId(task), agent.AgentId), Tasks.Ref);

    private InverseOffer NextAsked(string task) => Assert.Single(
        Frameworks.FishForMessage<FrameworkProtocol.InverseOffersMade>(made => made.FrameworkId.Value == "a"
            && made.Offers[0].Reclaim!.Tasks.Contains(new TaskId(task))).Offers);

    private Offer OfferOf(string framework, double cpus) => Frameworks.FishForMessage<FrameworkProtocol.OffersMade>(
        made => made.FrameworkId.Value == framework && made.Offers.Any(
            offer => offer.Resources.Cpus == Scalar.Of(cpus)))
        .Offers.First(offer => offer.Resources.Cpus == Scalar.Of(cpus));

    private void NobodyIsAsked(TimeSpan time)
    {
        var until = DateTime.UtcNow + time;
        while (DateTime.UtcNow < until)
        {
            Assert.IsNotType<FrameworkProtocol.InverseOffersMade>(Frameworks.ReceiveOne(until - DateTime.UtcNow));
        }
    }

    private ImmutableArray<OfferId> NextInverseRescinded() =>
        Frameworks.FishForMessage<FrameworkProtocol.InverseOffersRescinded>(_ => true).OfferIds;

    private TaskProtocol.PreemptTask NextPreemption() => Tasks.FishForMessage<TaskProtocol.PreemptTask>(_ => true);

    private static MasterProtocol.ReportedTask Reported(
        string id, string resources, int priority, TaskState state = TaskState.Running) =>
        new(new FrameworkId("a"), new TaskId(id), "a", ResourceSet.Parse(resources), state) { Priority = priority };
}
