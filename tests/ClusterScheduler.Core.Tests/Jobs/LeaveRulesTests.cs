using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Jobs.Life;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Tests.Jobs;

public class LeaveRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly AgentId Leaving = new("leaving");

    // Minutes until the window and how long it lasts; null: without end.
    [Theory]
    [InlineData(120, null, true, false, 115)]
    [InlineData(120, 30, true, false, 115)]
    [InlineData(6, null, true, false, 1)]
    [InlineData(5, null, true, true, 1)]
    [InlineData(-10, null, true, true, 1)]
    [InlineData(-10, 30, true, true, 1)]
    [InlineData(-30, 30, false, false, 10)]
    public void Batch_tasks_run_on_until_shortly_before_their_agent_goes_away(
        int start, int? lasts, bool isAccepted, bool movesNow, int askAgain)
    {
        var answer = LeaveRules.Answer(Running(JobKind.Batch), Asked(start, lasts), Now);
        Assert.Equal((isAccepted, movesNow, TimeSpan.FromMinutes(askAgain)),
            (answer.IsAccepted, answer.MovesNow, answer.AskAgainAfter));
    }

    [Fact]
    public void Who_uses_nothing_of_an_agent_leaves_it_and_a_service_is_not_moved()
    {
        Assert.Equal((true, false), Verdict(LeaveRules.Answer(JobBook.Empty, Asked(1, null), Now)));
        Assert.Equal((true, false), Verdict(LeaveRules.Answer(
            Running(JobKind.Batch), Asked(1, null) with { AgentId = new AgentId("third") }, Now)));
        Assert.Equal((false, false), Verdict(LeaveRules.Answer(Running(JobKind.Service), Asked(1, null), Now)));
    }

    [Fact]
    public void A_role_that_waits_gets_back_only_what_has_ended()
    {
        var book = Running(JobKind.Batch);
        var first = new AttemptId(1, 0, 0).ToTaskId("map");
        Assert.Equal((false, false), Verdict(LeaveRules.Answer(book, Reclaimed(first), Now)));
        Assert.Equal((true, false), Verdict(LeaveRules.Answer(book, Reclaimed(new TaskId("map-1-0-7")), Now)));
    }

    [Fact]
    public void To_leave_an_agent_ends_what_runs_there_and_its_end_is_a_loss()
    {
        var book = Running(JobKind.Batch);
        var policy = new JobPolicy();
        var decision = JobDecider.Decide(book, new JobCommand.Leave(Leaving), Now, policy);
        Assert.Empty(decision.Events);
        var kill = Assert.IsType<JobEffect.Kill>(Assert.Single(decision.Effects));
        Assert.Equal(new AttemptId(1, 0, 0).ToTaskId("map"), kill.TaskId);

        var killed = new StatusUpdate(
            kill.TaskId, TaskState.Killed, StatusSource.Executor, StatusReason.None, "", Now);
        var after = JobDecider.Decide(book, new JobCommand.Record([killed]), Now, policy).Events
            .Aggregate(book, static (now, @event) => now.Apply(@event));
        Assert.Equal((InstancePhase.Pending, 0), (
            after.Jobs[1].Instance(0).Phase, after.Jobs[1].Instance(0).Failures));
    }

    [Theory]
    [InlineData(7, null, false)]
    [InlineData(6, null, true)]
    [InlineData(-60, null, true)]
    [InlineData(-10, 30, true)]
    [InlineData(-30, 30, false)]
    public void Nothing_is_started_where_the_window_begins_soon_until_it_is_over(
        int start, int? lasts, bool isLeaving) =>
        Assert.Equal(isLeaving, LeaveRules.IsLeaving(Plan(start, lasts), Now));

    [Fact]
    public void A_plan_at_the_ends_of_time_is_answered_as_any_other()
    {
        var never = new Unavailability(DateTimeOffset.MaxValue, TimeSpan.MaxValue);
        var longAgo = new Unavailability(DateTimeOffset.MinValue, null);
        var book = Running(JobKind.Batch);
        var asked = Asked(1, null);
        Assert.False(LeaveRules.IsLeaving(never, Now));
        Assert.True(LeaveRules.IsLeaving(longAgo, Now));
        Assert.False(LeaveRules.IsLeaving(longAgo with { Duration = TimeSpan.FromDays(1) }, Now));
        Assert.Equal((true, false), Verdict(LeaveRules.Answer(book, asked with { Unavailability = never }, Now)));
        Assert.Equal((true, true), Verdict(LeaveRules.Answer(book, asked with { Unavailability = longAgo }, Now)));
    }

    [Fact]
    public void Without_a_plan_agents_stay() => Assert.False(LeaveRules.IsLeaving(null, Now));

    private static (bool, bool) Verdict(LeaveAnswer answer) => (answer.IsAccepted, answer.MovesNow);

    private static Unavailability Plan(int start, int? lasts) =>
        new(Now + TimeSpan.FromMinutes(start), lasts is { } minutes ? TimeSpan.FromMinutes(minutes) : null);

    private static InverseOffer Asked(int start, int? lasts) =>
        new(new OfferId("i"), Leaving, "host", Plan(start, lasts), ResourceSet.Empty);

    private static InverseOffer Reclaimed(TaskId task) => Asked(1, null) with
    {
        Reclaim = new ReclaimReason("eng", Now, [task], IsKilledAfter: true),
    };

    /// <summary>Instance 0 of a job on the agent that leaves, instance 1 on another.</summary>
    private static JobBook Running(JobKind kind)
    {
        var spec = new JobSpec(
            new JobKey("r", "devel", "map"), new TaskSpec(TaskPlan.OfShell("true"), TaskResources.Default))
        {
            Instances = 2,
            Kind = kind,
        };
        return JobBook.Empty.Apply(new JobEvent.Submitted([spec], Now)).Apply(new JobEvent.Staged(
            [
                new StagedAttempt(new AttemptId(1, 0, 0), Leaving, "host", []),
                new StagedAttempt(new AttemptId(1, 1, 0), new AgentId("other"), "other", []),
            ], Now));
    }
}
