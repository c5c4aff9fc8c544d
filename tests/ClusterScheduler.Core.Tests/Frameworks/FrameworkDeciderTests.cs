using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Tests.Frameworks;

public class FrameworkDeciderTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly FrameworkInfo Batch = new("batch", "root", ["*"]);

    [Fact]
    public void An_accept_lives_from_its_intent_to_the_last_staged_task()
    {
        var life = After(Subscribed(), Accept("t1", "t2"));
        var intent = Assert.Single(((FrameworkLife.Active)life).Intents).Value;
        Assert.Equal(1, intent.AcceptId);
        Assert.Null(intent.Grant);

        life = After(life, Granted(1, "t1", "t2"));
        Assert.Equal(["t1", "t2"], ((FrameworkLife.Active)life).Tasks.Keys.Select(static id => id.Value).Order());
        Assert.Equal(0, ((FrameworkLife.Active)life).ConfirmedUpTo);

        life = After(life, new FrameworkCommand.CloseIntent(1));
        Assert.Empty(((FrameworkLife.Active)life).Intents);
        Assert.Equal(1, ((FrameworkLife.Active)life).ConfirmedUpTo);

        life = After(life, new FrameworkCommand.EndTasks([new TaskId("t1"), new TaskId("t2"), new TaskId("x")]));
        Assert.Empty(((FrameworkLife.Active)life).Tasks);
    }

    [Fact]
    public void The_second_answer_to_an_accept_changes_nothing()
    {
        var life = After(After(Subscribed(), Accept("t1")), Granted(1, "t1"));
        Assert.Empty(FrameworkDecider.Decide(life, Granted(1, "t1"), Now).Events);
        Assert.Empty(FrameworkDecider.Decide(life, Granted(7, "t1"), Now).Events);
    }

    [Fact]
    public void Dropped_launches_wait_until_the_scheduler_took_their_update()
    {
        var life = After(Subscribed(), Accept("t1"));
        var dropped = new StatusUpdate(new TaskId("t1"), TaskState.Dropped, StatusSource.Master,
            StatusReason.InvalidOffers, "ended", Now);
        life = After(life, new FrameworkCommand.TakeAnswer(1, null, [dropped]));

        Assert.Empty(((FrameworkLife.Active)life).Intents);
        Assert.Equal(dropped, Assert.Single(((FrameworkLife.Active)life).Undelivered).Value);
        life = After(life, new FrameworkCommand.EndTasks([new TaskId("t1")]));
        Assert.Empty(((FrameworkLife.Active)life).Undelivered);
    }

    [Theory]
    [InlineData("t1", "t1")]
    [InlineData("a/b", "t1")]
    [InlineData("", "t1")]
    [InlineData("..", "t1")]
    public void Wrong_or_repeated_ids_never_reach_the_master(string bad, string good)
    {
        var ids = bad == good ? [good, bad] : new[] { bad, good };
        var life = (FrameworkLife.Active)After(Subscribed(), Accept(ids));

        Assert.Equal(good, Assert.Single(life.Intents[1].Launches).TaskId.Value);
        Assert.Equal(TaskState.Error, Assert.Single(life.Undelivered).Value.State);
    }

    [Fact]
    public void An_id_in_use_is_refused_and_an_ended_one_is_not()
    {
        var life = After(After(Subscribed(), Accept("t1")), Granted(1, "t1"));
        Assert.Empty(((FrameworkLife.Active)After(life, Accept("t1"))).Intents[2].Launches);

        life = After(life, new FrameworkCommand.CloseIntent(1));
        life = After(life, new FrameworkCommand.EndTasks([new TaskId("t1")]));
        Assert.Single(((FrameworkLife.Active)After(life, Accept("t1"))).Intents[2].Launches);
    }

    [Fact]
    public void A_removed_framework_keeps_its_tasks_until_they_end_and_takes_no_scheduler()
    {
        var life = After(After(Subscribed(), Accept("t1")), Granted(1, "t1"));
        life = After(life, new FrameworkCommand.Remove("over"));
        Assert.Single(((FrameworkLife.Removed)life).Tasks);
        Assert.Equal(new FrameworkReply.AlreadyRemoved("over"),
            FrameworkDecider.Decide(life, new FrameworkCommand.Subscribe(Batch), Now).Answer);
        life = After(life, new FrameworkCommand.EndTasks([new TaskId("t1")]));
        Assert.Empty(((FrameworkLife.Removed)life).Tasks);
    }

    [Fact]
    public void Descriptions_that_break_a_rule_are_refused()
    {
        foreach (var wrong in new[]
        {
            Batch with { Name = " " },
            Batch with { Roles = [] },
            Batch with { Roles = ["a", "a"] },
            Batch with { Roles = ["/a"] },
            Batch with { FailoverTimeout = TimeSpan.FromSeconds(-1) },
        })
        {
            var decision = FrameworkDecider.Decide(
                FrameworkLife.Initial, new FrameworkCommand.Subscribe(wrong), Now);
            Assert.IsType<FrameworkReply.InvalidInfo>(decision.Answer);
            Assert.Empty(decision.Events);
        }
    }

    private static FrameworkLife Subscribed() =>
        After(FrameworkLife.Initial, new FrameworkCommand.Subscribe(Batch));

    private static FrameworkCommand.Accept Accept(params string[] tasks) => new(
        new MasterEpoch(1), [new OfferId("o")],
        [
            .. tasks.Select(static id => new TaskInfo(
                new TaskId(id), id, ResourceSet.Parse("cpus:1"), TaskPlan.OfShell("true"))),
        ],
        OfferFilters.Default, [.. tasks.Select(static _ => Guid.NewGuid())]);

    private static FrameworkCommand.TakeAnswer Granted(long acceptId, params string[] tasks) => new(
        acceptId,
        new LaunchGrant(new AgentId("a"), new AgentSession(new MasterEpoch(1), 1), "*",
            [.. tasks.Select(static id => new TaskId(id))]),
        ImmutableArray<StatusUpdate>.Empty);

    private static FrameworkLife After(FrameworkLife life, FrameworkCommand command) =>
        FrameworkDecider.Decide(life, command, Now).Events.Aggregate(life, FrameworkDecider.Apply);
}
