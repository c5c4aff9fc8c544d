using System.Collections.Immutable;

namespace ClusterScheduler.Core.Execution;

/// <summary>Where a task stands on its agent (Thermos: ACTIVE, CLEANING, FINALIZING, then an end).</summary>
public enum TaskStage
{
    /// <summary>Known, nothing started.</summary>
    Idle,

    /// <summary>Ordinary processes run.</summary>
    Active,

    /// <summary>Whatever is left of the ordinary processes is being stopped.</summary>
    Cleaning,

    /// <summary>The final processes run.</summary>
    Finalizing,

    /// <summary>Over; nothing of it is left.</summary>
    Ended,
}

/// <summary>Where one process of a task stands (Thermos' process states).</summary>
public enum ProcessState
{
    /// <summary>Its turn has not come, or it waits to run again.</summary>
    Waiting,

    /// <summary>Its start was ordered; it is not yet known whether it runs.</summary>
    Forked,

    /// <summary>It runs.</summary>
    Running,

    /// <summary>Its last run succeeded and it does not run again.</summary>
    Success,

    /// <summary>It failed as often as it may, or a start was impossible.</summary>
    Failed,

    /// <summary>It was stopped before it was done.</summary>
    Killed,

    /// <summary>Nobody knows how it ended.</summary>
    Lost,
}

/// <summary>What is known of one process of a running task.</summary>
/// <param name="Spec">The plan's words on it.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Runs">How often it was started; the number of its newest run.</param>
/// <param name="Failures">How many of its runs failed.</param>
/// <param name="Identity">The process of the newest run, while it runs.</param>
/// <param name="LastStart">When the newest run was ordered.</param>
/// <param name="WaitsFor">The processes that must succeed before it, as places in the plan.</param>
public sealed record ProcessRunState(
    ProcessSpec Spec,
    ProcessState State,
    int Runs,
    int Failures,
    ProcessIdentity? Identity,
    TimeSpan LastStart,
    ImmutableArray<int> WaitsFor)
{
    /// <summary>True while a process of it may exist.</summary>
    public bool IsAlive => State is ProcessState.Forked or ProcessState.Running;

    /// <summary>When the next run may start: at least the plan's least duration after the start before.</summary>
    public TimeSpan ReadyAt => Runs == 0 ? TimeSpan.Zero : LastStart + Spec.MinDuration;
}

/// <summary>The whole state of one task on its agent; changed only by <see cref="TaskRun.Apply"/>.</summary>
/// <param name="Plan">What it runs.</param>
/// <param name="Stage">Where it stands.</param>
/// <param name="Processes">In the plan's order.</param>
/// <param name="KillAsked">A kill came before its ordinary work was done.</param>
/// <param name="SweepOrdered">SIGKILL was ordered for all that is left in this stage.</param>
/// <param name="KillAt">When SIGKILL follows in this stage; none where nothing is being stopped.</param>
/// <param name="EndBy">When stopping and final processes together must be over; none before they began.</param>
/// <param name="Decisive">The failure that reached the limit, or the process that was lost.</param>
/// <param name="Usage">Of all runs that ended.</param>
/// <param name="Result">How it ended; none before it did.</param>
public sealed record TaskRunState(
    TaskPlan Plan,
    TaskStage Stage,
    ImmutableArray<ProcessRunState> Processes,
    bool KillAsked,
    bool SweepOrdered,
    TimeSpan? KillAt,
    TimeSpan? EndBy,
    TaskOutcome? Decisive,
    ProcessUsage Usage,
    TaskResult? Result)
{
    /// <summary>A task of which nothing has started.</summary>
    /// <param name="plan">Keeps <see cref="TaskPlanRules"/>.</param>
    public static TaskRunState Of(TaskPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var names = plan.Processes.Select(spec => spec.Name).ToList();
        return new(
            plan,
            TaskStage.Idle,
            [.. plan.Processes.Select(spec => new ProcessRunState(
                spec, ProcessState.Waiting, 0, 0, null, default, WaitsFor(plan, names, spec.Name)))],
            KillAsked: false,
            SweepOrdered: false,
            KillAt: null,
            EndBy: null,
            Decisive: null,
            default,
            Result: null);
    }

    /// <summary>The process of that name; -1 if the plan has none.</summary>
    public int IndexOf(string process)
    {
        for (var index = 0; index < Processes.Length; index++)
        {
            if (Processes[index].Spec.Name == process)
            {
                return index;
            }
        }

        return -1;
    }

    private static ImmutableArray<int> WaitsFor(TaskPlan plan, List<string> names, string process) =>
        [.. plan.Order.Where(order => order.After == process).Select(order => names.IndexOf(order.Before)).Distinct()];
}
