using System.Collections.Immutable;

namespace ClusterScheduler.Core.Execution;

/// <summary>Why a plan cannot be run as it is.</summary>
/// <param name="Rule">The rule that it breaks.</param>
/// <param name="Subject">The process, of two the one that comes after; empty: the plan as a whole.</param>
/// <param name="Other">The process that comes before, where the rule is about two.</param>
public sealed record TaskPlanRefusal(TaskPlanRule Rule, string Subject, string Other = "");

/// <summary>The rules that every plan keeps (Thermos' schema, with limits).</summary>
public enum TaskPlanRule
{
    /// <summary>
    /// A plan has at least one process that is neither final nor ephemeral: what its end waits for.
    /// </summary>
    HasWork,

    /// <summary>At most <see cref="TaskPlanRules.ProcessesMax"/> processes.</summary>
    FewProcesses,

    /// <summary>At most <see cref="TaskPlanRules.OrdersMax"/> orders.</summary>
    FewOrders,

    /// <summary>A process has a name, of printable characters, at most
    /// <see cref="TaskPlanRules.NameLengthMax"/> long.</summary>
    Named,

    /// <summary>No two processes have the same name.</summary>
    DistinctNames,

    /// <summary>There is a program to run, and no NUL in its arguments.</summary>
    HasCommand,

    /// <summary>An order names processes of the plan, two different ones.</summary>
    OrderKnown,

    /// <summary>No order between a final and an ordinary process: the stages decide that.</summary>
    OrderWithinStage,

    /// <summary>Nothing waits for a daemon: it never succeeds for good.</summary>
    NothingAfterDaemon,

    /// <summary>No process waits for itself, by however long a way.</summary>
    NoCycle,

    /// <summary>Counts are not negative.</summary>
    CountsNotNegative,

    /// <summary>Durations are between zero and <see cref="TaskPlanRules.DurationMax"/>.</summary>
    DurationsBounded,

    /// <summary>Variables have a name, without '=' and NUL, and no NUL in their value.</summary>
    EnvironmentValid,
}

/// <summary>Checks plans. Whoever accepts a plan from outside checks it first.</summary>
public static class TaskPlanRules
{
    /// <summary>Processes in one plan.</summary>
    public const int ProcessesMax = 100;

    /// <summary>Pairs in one plan's order.</summary>
    public const int OrdersMax = 1_000;

    /// <summary>Characters in a process' name.</summary>
    public const int NameLengthMax = 100;

    /// <summary>The longest grace, wait or pause.</summary>
    public static TimeSpan DurationMax => TimeSpan.FromDays(1);

    /// <summary>All rules that the plan breaks, in the plan's order; empty: it can be run.</summary>
    public static ImmutableArray<TaskPlanRefusal> Check(TaskPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var refusals = ImmutableArray.CreateBuilder<TaskPlanRefusal>();
        CheckWhole(plan, refusals);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var process in plan.Processes)
        {
            CheckProcess(process, names, refusals);
        }

        if (refusals.Count == 0)
        {
            CheckOrder(plan, refusals);
        }

        return refusals.ToImmutable();
    }

    /// <summary>The refusal in words: what is wrong and what would be right.</summary>
    public static string Explain(TaskPlanRefusal refusal)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        var (subject, other) = (refusal.Subject, refusal.Other);
        return refusal.Rule switch
        {
            TaskPlanRule.HasWork => "the task has no process that is neither final nor ephemeral; give it one",
            TaskPlanRule.FewProcesses => $"the task has more than {ProcessesMax} processes",
            TaskPlanRule.FewOrders => $"the task has more than {OrdersMax} pairs in its order",
            TaskPlanRule.Named =>
                $"process '{subject}' needs a name of 1 to {NameLengthMax} printable characters",
            TaskPlanRule.DistinctNames => $"two processes are named '{subject}'; names must differ",
            TaskPlanRule.HasCommand => $"process '{subject}' has no command, or one with a NUL in it",
            TaskPlanRule.OrderKnown =>
                $"the order '{other}' before '{subject}' needs two different processes of the task",
            TaskPlanRule.OrderWithinStage =>
                $"'{other}' before '{subject}': final and ordinary processes have no order of their own",
            TaskPlanRule.NothingAfterDaemon => $"'{subject}' waits for '{other}', a daemon, which never succeeds",
            TaskPlanRule.NoCycle => $"process '{subject}' waits for itself; take a pair out of the order",
            TaskPlanRule.CountsNotNegative => $"{Whom(subject)} has a negative count; 0 is the least",
            TaskPlanRule.DurationsBounded =>
                $"{Whom(subject)} has a duration that is not between 0 s and {DurationMax.TotalHours} h",
            TaskPlanRule.EnvironmentValid =>
                $"the variable '{subject}' needs a name without '=', and neither it nor its value a NUL",
            _ => throw new ArgumentOutOfRangeException(nameof(refusal), refusal, "not a rule"),
        };
    }

    private static string Whom(string subject) => subject.Length == 0 ? "the task" : $"process '{subject}'";

    private static void CheckWhole(TaskPlan plan, ImmutableArray<TaskPlanRefusal>.Builder refusals)
    {
        if (!plan.Processes.Any(process => process is { Final: false, Ephemeral: false }))
        {
            refusals.Add(new(TaskPlanRule.HasWork, ""));
        }

        if (plan.Processes.Length > ProcessesMax)
        {
            refusals.Add(new(TaskPlanRule.FewProcesses, ""));
        }

        if (plan.Order.Length > OrdersMax)
        {
            refusals.Add(new(TaskPlanRule.FewOrders, ""));
        }

        if (plan.MaxFailures < 0 || plan.MaxConcurrency < 0)
        {
            refusals.Add(new(TaskPlanRule.CountsNotNegative, ""));
        }

        if (!IsBounded(plan.KillGrace) || !IsBounded(plan.FinalizationWait))
        {
            refusals.Add(new(TaskPlanRule.DurationsBounded, ""));
        }

        foreach (var variable in plan.Environment)
        {
            if (string.IsNullOrEmpty(variable.Name) || variable.Name.AsSpan().IndexOfAny('=', '\0') >= 0
                || variable.Value is null || variable.Value.Contains('\0', StringComparison.Ordinal))
            {
                refusals.Add(new(TaskPlanRule.EnvironmentValid, variable.Name ?? ""));
            }
        }
    }

    private static void CheckProcess(
        ProcessSpec process, HashSet<string> names, ImmutableArray<TaskPlanRefusal>.Builder refusals)
    {
        if (string.IsNullOrWhiteSpace(process.Name) || process.Name.Length > NameLengthMax
            || process.Name.Any(char.IsControl))
        {
            refusals.Add(new(TaskPlanRule.Named, process.Name ?? ""));
        }
        else if (!names.Add(process.Name))
        {
            refusals.Add(new(TaskPlanRule.DistinctNames, process.Name));
        }

        if (process.Arguments.IsDefaultOrEmpty || string.IsNullOrEmpty(process.Arguments[0])
            || process.Arguments.Any(argument => argument is null || argument.Contains('\0', StringComparison.Ordinal)))
        {
            refusals.Add(new(TaskPlanRule.HasCommand, process.Name ?? ""));
        }

        if (process.MaxFailures < 0)
        {
            refusals.Add(new(TaskPlanRule.CountsNotNegative, process.Name ?? ""));
        }

        if (!IsBounded(process.MinDuration))
        {
            refusals.Add(new(TaskPlanRule.DurationsBounded, process.Name ?? ""));
        }
    }

    private static void CheckOrder(TaskPlan plan, ImmutableArray<TaskPlanRefusal>.Builder refusals)
    {
        foreach (var order in plan.Order)
        {
            var before = plan.Processes.FirstOrDefault(process => process.Name == order.Before);
            var after = plan.Processes.FirstOrDefault(process => process.Name == order.After);
            TaskPlanRule? broken = (before, after) switch
            {
                (null, _) or (_, null) => TaskPlanRule.OrderKnown,
                _ when before == after => TaskPlanRule.OrderKnown,
                _ when before.Final != after.Final => TaskPlanRule.OrderWithinStage,
                _ when before.Daemon => TaskPlanRule.NothingAfterDaemon,
                _ => null,
            };
            if (broken is { } rule)
            {
                refusals.Add(new(rule, order.After, order.Before));
            }
        }

        if (refusals.Count == 0 && FirstInCycle(plan) is { } name)
        {
            refusals.Add(new(TaskPlanRule.NoCycle, name));
        }
    }

    /// <summary>Takes away, again and again, what waits for nothing; what then remains waits for itself.</summary>
    private static string? FirstInCycle(TaskPlan plan)
    {
        var left = plan.Processes.Select(process => process.Name).ToList();
        while (true)
        {
            var waiting = plan.Order
                .Where(order => left.Contains(order.Before)).Select(order => order.After).ToHashSet();
            if (left.RemoveAll(name => !waiting.Contains(name)) == 0)
            {
                return left.Count == 0 ? null : left[0];
            }
        }
    }

    private static bool IsBounded(TimeSpan duration) => duration >= TimeSpan.Zero && duration <= DurationMax;
}
