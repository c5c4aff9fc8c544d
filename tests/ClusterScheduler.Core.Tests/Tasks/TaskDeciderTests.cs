using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Tests.Tasks;

public class TaskDeciderTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly FrameworkId Framework = new("f");
    private static readonly AgentId Agent = new("a");
    private static readonly AgentSession Session = new(new MasterEpoch(1), 1);
    private static readonly TaskInfo Task =
        new(new TaskId("t"), "t", ResourceSet.Parse("cpus:1"), TaskPlan.OfShell("true"));

    private static readonly TaskLife Staged = After(TaskLife.Initial, Stage());
    private static readonly TaskLife Running = After(Staged, Report(TaskState.Running));
    private static readonly TaskLife Unreachable = After(Running, new TaskCommand.LoseAgent(Agent, Gone: false));
    private static readonly TaskLife Finished = After(Running, Report(TaskState.Finished));
    private static readonly TaskLife Forbidden = After(TaskLife.Initial, Probe(Session));

    /// <summary>
    /// Every life × every command: what state the task is in afterwards; "=" when nothing is stored.
    /// </summary>
    public static TheoryData<string, string, string> Matrix => new()
    {
        { "unheard", "stage", "Staging" },
        { "unheard", "refuse-stale", "=" },
        { "unheard", "refuse-invalid", "=" },
        { "unheard", "report-running", "=" },
        { "unheard", "report-finished", "=" },
        { "unheard", "kill", "=" },
        { "unheard", "preempt", "=" },
        { "unheard", "preempt-old", "=" },
        { "unheard", "nothing-to-kill", "=" },
        { "unheard", "lose", "=" },
        { "unheard", "gone", "=" },
        { "unheard", "probe-same", "forbidden" },
        { "unheard", "probe-later", "forbidden" },
        { "forbidden", "stage", "Dropped" },
        { "forbidden", "refuse-stale", "=" },
        { "forbidden", "refuse-invalid", "=" },
        { "forbidden", "report-running", "=" },
        { "forbidden", "report-finished", "=" },
        { "forbidden", "kill", "=" },
        { "forbidden", "preempt", "=" },
        { "forbidden", "preempt-old", "=" },
        { "forbidden", "nothing-to-kill", "=" },
        { "forbidden", "lose", "=" },
        { "forbidden", "gone", "=" },
        { "forbidden", "probe-same", "=" },
        { "forbidden", "probe-later", "=" },
        { "staged", "stage", "=" },
        { "staged", "refuse-stale", "Dropped" },
        { "staged", "refuse-invalid", "Error" },
        { "staged", "report-running", "Running" },
        { "staged", "report-finished", "Finished" },
        { "staged", "kill", "Staging+kill" },
        { "staged", "preempt", "Staging+preempt" },
        { "staged", "preempt-old", "=" },
        { "staged", "nothing-to-kill", "Killed" },
        { "staged", "lose", "Unreachable" },
        { "staged", "gone", "GoneByOperator" },
        { "staged", "probe-same", "=" },
        { "staged", "probe-later", "Dropped" },
        { "running", "stage", "=" },
        { "running", "refuse-stale", "Gone" },
        { "running", "refuse-invalid", "Error" },
        { "running", "report-running", "Running" },
        { "running", "report-finished", "Finished" },
        { "running", "kill", "Running+kill" },
        { "running", "preempt", "Running+preempt" },
        { "running", "preempt-old", "=" },
        { "running", "nothing-to-kill", "Gone" },
        { "running", "lose", "Unreachable" },
        { "running", "gone", "GoneByOperator" },
        { "running", "probe-same", "=" },
        { "running", "probe-later", "Gone" },
        { "unreachable", "stage", "=" },
        { "unreachable", "refuse-stale", "Gone" },
        { "unreachable", "refuse-invalid", "Error" },
        { "unreachable", "report-running", "Running" },
        { "unreachable", "report-finished", "Finished" },
        { "unreachable", "kill", "Unreachable+kill" },
        { "unreachable", "preempt", "Unreachable+preempt" },
        { "unreachable", "preempt-old", "=" },
        { "unreachable", "nothing-to-kill", "Gone" },
        { "unreachable", "lose", "=" },
        { "unreachable", "gone", "GoneByOperator" },
        { "unreachable", "probe-same", "=" },
        { "unreachable", "probe-later", "Gone" },
        { "finished", "stage", "=" },
        { "finished", "refuse-stale", "=" },
        { "finished", "refuse-invalid", "=" },
        { "finished", "report-running", "=" },
        { "finished", "report-finished", "=" },
        { "finished", "kill", "=" },
        { "finished", "preempt", "=" },
        { "finished", "preempt-old", "=" },
        { "finished", "nothing-to-kill", "=" },
        { "finished", "lose", "=" },
        { "finished", "gone", "=" },
        { "finished", "probe-same", "=" },
        { "finished", "probe-later", "=" },
    };

    [Theory]
    [MemberData(nameof(Matrix))]
    public void Every_command_on_every_life_does_what_the_table_says(string life, string command, string expected)
    {
        var before = Lives[life];
        var after = After(before, Commands[command]);

        Assert.Equal(expected, ReferenceEquals(before, after) ? "=" : Describe(after));
    }

    [Fact]
    public void The_table_has_every_pair()
    {
        Assert.Equal(Lives.Count * Commands.Count, Matrix.Count);
        var shown = Commands.Values.Select(static command => command.GetType()).ToHashSet();
        Assert.All(typeof(TaskCommand).GetNestedTypes(), type => Assert.Contains(type, shown));
    }

    [Fact]
    public void An_update_is_stored_once_and_acknowledged_each_time()
    {
        var update = Report(TaskState.Running);
        var first = TaskDecider.Decide(Staged, update, Now, Guid.NewGuid());
        var again = TaskDecider.Decide(After(Staged, update), update, Now, Guid.NewGuid());

        Assert.Single(first.Events);
        Assert.Empty(again.Events);
        Assert.Equal(first.Answer, again.Answer);
    }

    [Fact]
    public void What_runs_though_it_must_not_is_killed()
    {
        foreach (var life in new[] { TaskLife.Initial, Forbidden, Finished })
        {
            var decision = TaskDecider.Decide(life, Report(TaskState.Running), Now, Guid.NewGuid());
            Assert.True(Assert.IsType<TaskReply.UpdateStored>(decision.Answer).KillIt);
        }
    }

    [Fact]
    public void Of_a_kill_and_a_preemption_the_first_counts_and_both_are_noted()
    {
        var killed = After(Running, new TaskCommand.Kill(null));
        var preempted = After(Running, Preempt());
        Assert.Equal("Running+kill", Describe(After(killed, Preempt())));
        Assert.Equal("Running+preempt", Describe(After(preempted, new TaskCommand.Kill(null))));
        foreach (var life in new[] { Running, killed, preempted, Finished })
        {
            Assert.Equal(new TaskReply.PreemptionNoted(Agent),
                TaskDecider.Decide(life, Preempt(), Now, Guid.NewGuid()).Answer);
        }

        var elsewhere = new TaskCommand.Preempt(new AgentId("b"), Session, "prod");
        Assert.Null(TaskDecider.Decide(Running, elsewhere, Now, Guid.NewGuid()).Answer);
    }

    [Fact]
    public void A_task_that_is_preempted_before_it_started_is_dropped_and_says_for_whom()
    {
        var ended = (TaskLife.Known)After(After(Staged, Preempt()), new TaskCommand.NothingToKill());
        Assert.Equal((TaskState.Dropped, StatusReason.ContainerPreempted), (ended.State, ended.Updates[^1].Reason));
        Assert.Contains("role 'prod'", ended.Updates[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_priority_out_of_range_is_refused_with_the_range()
    {
        Assert.Null(TaskRules.Check(Task with { Priority = TaskRules.PriorityMax }));
        Assert.Null(TaskRules.Check(Task with { Priority = -TaskRules.PriorityMax }));
        Assert.Equal("priority is 1001; it must be -1000 to 1000", TaskRules.Check(Task with { Priority = 1001 }));
        Assert.NotNull(TaskRules.Check(Task with { Priority = int.MinValue }));
    }

    [Fact]
    public void A_report_of_another_agent_changes_nothing()
    {
        var report = new TaskCommand.Report(new AgentId("b"), Update(TaskState.Finished));
        Assert.Empty(TaskDecider.Decide(Running, report, Now, Guid.NewGuid()).Events);
    }

    [Fact]
    public void No_terminal_state_is_followed_by_any_other() =>
        Assert.All(TaskTransitions.Table, row => Assert.Equal(
            row.Key.IsTerminal() || row.Key == TaskState.Unknown, row.Value.IsEmpty));

    [Fact]
    public void Every_state_has_a_row() =>
        Assert.Equal(Enum.GetValues<TaskState>(), TaskTransitions.Table.Keys);

    [Fact]
    public void What_is_owed_follows_from_the_life()
    {
        Assert.Equal(TaskDuties.Run, default(TaskDelivery).Outstanding(Staged));
        Assert.Equal(TaskDuties.Kill, default(TaskDelivery).Outstanding(After(Staged, new TaskCommand.Kill(null))));
        Assert.Equal(TaskDuties.Forward, default(TaskDelivery).Outstanding(Running));
        Assert.Equal(TaskDuties.Forward | TaskDuties.Release, default(TaskDelivery).Outstanding(Finished));
        Assert.Equal(TaskDuties.None, new TaskDelivery(false, false, true, 2).Outstanding(Finished));
        Assert.Equal(TaskDuties.None, default(TaskDelivery).Outstanding(Forbidden));
    }

    [Fact]
    public void An_acknowledgement_stands_for_all_updates_before_it()
    {
        var life = (TaskLife.Known)Finished;
        var first = default(TaskDelivery).AfterAcknowledgement(life, life.Updates[0].Uuid!.Value);
        Assert.Equal(1, first.Acknowledged);
        Assert.Equal(first, first.AfterAcknowledgement(life, life.Updates[0].Uuid!.Value));
        Assert.Equal(first, first.AfterAcknowledgement(life, Guid.Empty));
        var second = default(TaskDelivery).AfterAcknowledgement(life, life.Updates[1].Uuid!.Value);
        Assert.Equal(2, second.Acknowledged);
        Assert.Equal(second, second.AfterAcknowledgement(life, life.Updates[0].Uuid!.Value));
    }

    [Fact]
    public void What_an_agent_took_in_an_earlier_session_it_is_told_again()
    {
        var taken = new TaskDelivery(true, true, false, 0) { Seen = new AgentSession(new MasterEpoch(1), 1) };
        Assert.Equal(taken, taken.AfterSeen(taken.Seen));
        var anew = taken.AfterSeen(new AgentSession(new MasterEpoch(1), 2));
        Assert.Equal(TaskDuties.Run, anew.Outstanding(Staged));
        Assert.Equal(TaskDuties.Kill, anew.Outstanding(After(Staged, new TaskCommand.Kill(null))));
        Assert.Equal(TaskDuties.Run, taken.AgentAskedAgain().Outstanding(Staged));
        Assert.Equal(TaskDuties.Forward, taken.AgentAskedAgain().Outstanding(Running));
    }

    private static ImmutableSortedDictionary<string, TaskLife> Lives => new Dictionary<string, TaskLife>
    {
        ["unheard"] = TaskLife.Initial,
        ["forbidden"] = Forbidden,
        ["staged"] = Staged,
        ["running"] = Running,
        ["unreachable"] = Unreachable,
        ["finished"] = Finished,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static ImmutableSortedDictionary<string, TaskCommand> Commands => new Dictionary<string, TaskCommand>
    {
        ["stage"] = Stage(),
        ["refuse-stale"] = new TaskCommand.RefuseLaunch(LaunchRefusal.StaleSession, "stale"),
        ["refuse-invalid"] = new TaskCommand.RefuseLaunch(LaunchRefusal.Invalid, "invalid"),
        ["report-running"] = Report(TaskState.Running),
        ["report-finished"] = Report(TaskState.Finished),
        ["kill"] = new TaskCommand.Kill(null),
        ["preempt"] = Preempt(),
        ["preempt-old"] = new TaskCommand.Preempt(Agent, default, "prod"),
        ["nothing-to-kill"] = new TaskCommand.NothingToKill(),
        ["lose"] = new TaskCommand.LoseAgent(Agent, Gone: false),
        ["gone"] = new TaskCommand.LoseAgent(Agent, Gone: true),
        ["probe-same"] = Probe(Session),
        ["probe-later"] = Probe(new AgentSession(new MasterEpoch(2), 1)),
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static TaskCommand.Stage Stage() => new(Framework, Task, "*", Agent, Session);

    private static TaskCommand.Preempt Preempt() => new(Agent, Session, "prod");

    private static TaskCommand.Probe Probe(AgentSession reportedIn) => new(Agent, reportedIn);

    private static TaskCommand.Report Report(TaskState state) => new(Agent, Update(state));

    private static StatusUpdate Update(TaskState state) =>
        new(Task.TaskId, state, StatusSource.Executor, StatusReason.None, "", Now) { Uuid = Guid.NewGuid() };

    private static TaskLife After(TaskLife life, TaskCommand command) =>
        TaskDecider.Decide(life, command, Now, Guid.NewGuid()).Events.Aggregate(life, TaskDecider.Apply);

    private static string Describe(TaskLife life) => life switch
    {
        TaskLife.Known { Kill: null } known => $"{known.State}",
        TaskLife.Known known => $"{known.State}+{(known.Kill.PreemptedFor == "prod" ? "preempt" : "kill")}",
        TaskLife.Forbidden => "forbidden",
        _ => "unheard",
    };
}
