using System.Collections.Immutable;
using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Core.Tests.Execution;

public sealed class TaskPlanRulesTests
{
    private static readonly TaskPlan Good = TaskPlan.OfShell("x") with
    {
        Processes = [P("a"), P("b"), P("c"), P("end") with { Final = true }],
        Order = [new("a", "b"), new("b", "c")],
    };

    public static TheoryData<TaskPlanRule, TaskPlan> Broken { get; } = new()
    {
        { TaskPlanRule.HasWork, Good with { Processes = [P("end") with { Final = true }], Order = [] } },
        { TaskPlanRule.FewProcesses, Good with { Processes = [.. Enumerable.Range(0, 101).Select(n => P($"p{n}"))] } },
        { TaskPlanRule.FewOrders, Good with { Order = [.. Enumerable.Repeat(new ProcessOrder("a", "b"), 1001)] } },
        { TaskPlanRule.Named, Good with { Processes = [P(" ")] } },
        { TaskPlanRule.Named, Good with { Processes = [P("a\nb")] } },
        { TaskPlanRule.DistinctNames, Good with { Processes = [P("a"), P("a")] } },
        { TaskPlanRule.HasCommand, Good with { Processes = [new("a", [])] } },
        { TaskPlanRule.HasCommand, Good with { Processes = [new("a", ["x", "\0"])] } },
        { TaskPlanRule.OrderKnown, Good with { Order = [new("a", "z")] } },
        { TaskPlanRule.OrderKnown, Good with { Order = [new("a", "a")] } },
        { TaskPlanRule.OrderWithinStage, Good with { Order = [new("a", "end")] } },
        { TaskPlanRule.NothingAfterDaemon, Good with { Processes = [P("a") with { Daemon = true }, P("b"), P("c")] } },
        { TaskPlanRule.NoCycle, Good with { Order = [new("a", "b"), new("b", "c"), new("c", "a")] } },
        { TaskPlanRule.CountsNotNegative, Good with { MaxConcurrency = -1 } },
        { TaskPlanRule.CountsNotNegative, Good with { Processes = [P("a") with { MaxFailures = -1 }], Order = [] } },
        { TaskPlanRule.DurationsBounded, Good with { KillGrace = TimeSpan.FromSeconds(-1) } },
        { TaskPlanRule.DurationsBounded, Good with { FinalizationWait = TimeSpan.MaxValue } },
        { TaskPlanRule.EnvironmentValid, Good with { Environment = [new("A=B", "x")] } },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Each_rule_is_told_and_said_in_words(TaskPlanRule rule, TaskPlan plan)
    {
        var refusals = TaskPlanRules.Check(plan);

        Assert.Contains(refusals, refusal => refusal.Rule == rule);
        Assert.All(refusals, refusal => Assert.True(TaskPlanRules.Explain(refusal).Length > 15));
    }

    [Fact]
    public void Every_rule_has_a_case() =>
        Assert.Equal(Enum.GetValues<TaskPlanRule>(), Broken.Select(row => (TaskPlanRule)row[0]).Distinct().Order());

    [Fact]
    public void A_good_plan_breaks_none() => Assert.Empty(TaskPlanRules.Check(Good));

    [Fact]
    public void A_diamond_of_a_hundred_processes_is_decided_at_once()
    {
        var processes = Enumerable.Range(0, 100).Select(number => P($"p{number:00}")).ToImmutableArray();
        var order = Enumerable.Range(0, 98).SelectMany(number => new ProcessOrder[]
        {
            new($"p{number:00}", $"p{number + 1:00}"), new($"p{number:00}", $"p{number + 2:00}"),
        }).ToImmutableArray();
        var plan = Good with { Processes = processes, Order = order };
        Assert.Empty(TaskPlanRules.Check(plan));

        var state = TaskRunState.Of(plan);
        foreach (var command in new TaskRunCommand[]
        {
            new TaskRunCommand.Start(),
            new TaskRunCommand.ReportEnded("p00", 1, new ExitStatus.Exited(1), default),
            new TaskRunCommand.ReportTreeGone(),
        })
        {
            state = TaskRun.Decide(state, command, default).Events.Aggregate(state, TaskRun.Apply);
        }

        Assert.IsType<TaskOutcome.Failed>(state.Result!.Outcome);
        Assert.Equal(99, state.Result.NeverRan.Length);
    }

    private static ProcessSpec P(string name) => new(name, ["true"]);
}
