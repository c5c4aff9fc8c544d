using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Decisions;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Jobs.Life;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Tests.Jobs;

/// <summary>An instance whose agent lost contact: waited for, then replaced, and killed where it is found.</summary>
public class PartitionTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;
    private static readonly JobPolicy Policy = new() { PartitionDelay = TimeSpan.FromSeconds(60) };
    private static readonly AgentId Agent = new("away");
    private readonly AttemptId first;
    private DateTimeOffset now = Start;
    private JobBook book = JobBook.Empty;

    public PartitionTests()
    {
        var task = new TaskSpec(TaskPlan.OfShell("true"), TaskResources.Default);
        Decide(new JobCommand.Submit(new JobFile([], [new JobSpec(new JobKey("r", "devel", "j"), task)])));
        first = new AttemptId(Assert.Single(book.Jobs).Key, 0, 0);
        Decide(new JobCommand.Stage([new StagedAttempt(first, Agent, "host", [])]));
        Hear(TaskState.Running);
        Assert.Equal(InstancePhase.Running, Instance.Phase);
    }

    private InstanceState Instance => book.Jobs[first.Incarnation].Instance(0);

    private TaskId Task => first.ToTaskId("j");

    [Fact]
    public void It_is_replaced_when_it_was_waited_for_and_killed_where_it_may_run()
    {
        Hear(TaskState.Unreachable);
        Assert.Equal(InstancePhase.Partitioned, Instance.Phase);
        Assert.Empty(After(59).Events);

        var given = After(1);
        var end = Assert.Single(Assert.IsType<JobEvent.Ended>(Assert.Single(given.Events)).Ends);
        Assert.Equal((first, InstanceOutcome.IsLost), (end.Id, end.Outcome));
        Assert.Equal(new JobEffect.Kill(Task, Agent), Assert.Single(given.Effects));
        Assert.Equal((InstancePhase.Pending, 0), (Instance.Phase, Instance.Failures));
        Assert.Empty(After(60).Events);
    }

    [Fact]
    public void One_that_returns_in_time_goes_on_and_its_next_loss_is_waited_for_anew()
    {
        Hear(TaskState.Unreachable);
        Assert.Empty(After(59).Events);
        Hear(TaskState.Running);
        Assert.Equal(InstancePhase.Running, Instance.Phase);
        Assert.Empty(After(60).Events);

        Hear(TaskState.Unreachable);
        Assert.Empty(After(59).Events);
        Assert.Single(After(1).Events);
    }

    [Fact]
    public void One_that_returns_beside_its_replacement_is_killed_and_changes_nothing()
    {
        Hear(TaskState.Unreachable);
        After(60);
        now += TimeSpan.FromSeconds(60);
        var second = first with { Attempt = 1 };
        Decide(new JobCommand.Stage([new StagedAttempt(second, new AgentId("other"), "other", [])]));
        var before = Instance;

        var stray = Hear(TaskState.Running);
        Assert.Empty(stray.Events);
        Assert.Contains(new JobEffect.Kill(Task, Agent), stray.Effects);
        Assert.Empty(Hear(TaskState.Killed).Events);
        Assert.Equal(before, Instance);
    }

    private Decision<JobEvent, JobEffect> After(int seconds)
    {
        now += TimeSpan.FromSeconds(seconds);
        return Decide(new JobCommand.Tick());
    }

    private Decision<JobEvent, JobEffect> Hear(TaskState state) => Decide(new JobCommand.Record(
        [new StatusUpdate(Task, state, StatusSource.Master, StatusReason.None, "", now) { AgentId = Agent }]));

    private Decision<JobEvent, JobEffect> Decide(JobCommand command)
    {
        var decision = JobDecider.Decide(book, command, now, Policy);
        book = decision.Events.Aggregate(book, static (known, @event) => known.Apply(@event));
        return decision;
    }
}
