using ClusterScheduler.Core.Decisions;

namespace ClusterScheduler.Core.Execution;

/// <summary>
/// The life of one task on its agent: runs its processes in their order, retries those that may fail, stops what is
/// left when the work is done, the failure limit is reached or a kill comes, then runs the final processes. Pure; the
/// keeper stores each decision's events before it acts on the effects. Source: Thermos (aurora-semantics.md, 11).
/// </summary>
public static class TaskRun
{
    /// <summary>Runs that a process without a limit of its own may fail (Aurora on Mesos: 100).</summary>
    public const int FailureCap = 100;

    /// <summary>What final processes get at least, however long the stopping before them took.</summary>
    public static TimeSpan LeastFinalization => TimeSpan.FromSeconds(1);

    /// <summary>Decides about one command. Total: what is stale, repeated or too late is ignored.</summary>
    /// <param name="state">The task.</param>
    /// <param name="command">What is asked or reported.</param>
    /// <param name="now">Monotonic time; never less than in an earlier call for this task.</param>
    public static Decision<TaskRunEvent, TaskRunEffect> Decide(
        TaskRunState state, TaskRunCommand command, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(state);
        var draft = new TaskRunDraft(state, now);
        switch (command)
        {
            case TaskRunCommand.Start when state.Stage == TaskStage.Idle:
                draft.Enter(TaskStage.Active, killAt: null, endBy: null);
                TaskRunPlanner.Advance(draft);
                break;
            case TaskRunCommand.ReportStarted started when IsCurrent(state, started.Process, started.Run):
                Started(draft, started);
                break;
            case TaskRunCommand.ReportEnded ended when IsCurrent(state, ended.Process, ended.Run):
                Ended(draft, ended);
                break;
            case TaskRunCommand.ReportTreeGone:
                TreeGone(draft);
                break;
            case TaskRunCommand.Kill kill:
                Kill(draft, kill.Grace ?? state.Plan.KillGrace);
                break;
            case TaskRunCommand.Wake:
                Wake(draft);
                break;
            default:
                break;
        }

        return draft.Decision;
    }

    /// <summary>The state after one event. Throws on an event that cannot follow the state.</summary>
    public static TaskRunState Apply(TaskRunState state, TaskRunEvent @event) => TaskRunApply.Apply(state, @event);

    /// <summary>When <see cref="TaskRunCommand.Wake"/> is wanted; none: only a report or a kill changes it.</summary>
    /// <param name="state">The task.</param>
    /// <param name="now">A process whose turn had come by then waits for something else than time.</param>
    public static TimeSpan? NextWake(TaskRunState state, TimeSpan now)
    {
        ArgumentNullException.ThrowIfNull(state);
        var wake = state.SweepOrdered ? null : state.KillAt;
        if (state.Stage is TaskStage.Active or TaskStage.Finalizing && !state.SweepOrdered)
        {
            for (var index = 0; index < state.Processes.Length; index++)
            {
                var process = state.Processes[index];
                if (process.ReadyAt > now && TaskRunPlanner.IsItsTurn(state, index)
                    && (wake is null || process.ReadyAt < wake))
                {
                    wake = process.ReadyAt;
                }
            }
        }

        return wake;
    }

    private static bool IsCurrent(TaskRunState state, string process, int run)
    {
        var index = state.IndexOf(process);
        return index >= 0 && state.Processes[index].IsAlive && state.Processes[index].Runs == run;
    }

    private static void Started(TaskRunDraft draft, TaskRunCommand.ReportStarted started)
    {
        var process = draft.State.Processes[draft.State.IndexOf(started.Process)];
        if (process.State != ProcessState.Forked)
        {
            return;
        }

        draft.Record(new TaskRunEvent.ProcessStarted(started.Process, started.Run, started.Identity, draft.Now));
        if (draft.State.SweepOrdered)
        {
            draft.Act(new TaskRunEffect.Sweep());
        }
        else if (draft.State.Stage == TaskStage.Cleaning)
        {
            draft.Act(new TaskRunEffect.Terminate());
        }
    }

    private static void Ended(TaskRunDraft draft, TaskRunCommand.ReportEnded ended)
    {
        var state = draft.State;
        var process = state.Processes[state.IndexOf(ended.Process)];
        var next = TaskRunPlanner.StateAfter(state, process, ended.Status);
        draft.Record(new TaskRunEvent.ProcessEnded(
            ended.Process, ended.Run, ended.Status, ended.Usage, next, draft.Now));
        TaskRunPlanner.Advance(draft);
    }

    private static void TreeGone(TaskRunDraft draft)
    {
        if (TaskRunPlanner.IsAnyAlive(draft.State))
        {
            return;
        }

        if (draft.State.Stage == TaskStage.Cleaning)
        {
            TaskRunPlanner.LeaveCleaning(draft);
        }
        else if (draft.State is { Stage: TaskStage.Finalizing, SweepOrdered: true })
        {
            TaskRunPlanner.End(draft);
        }
    }

    private static void Kill(TaskRunDraft draft, TimeSpan grace)
    {
        var state = draft.State;
        grace = grace < TimeSpan.Zero ? TimeSpan.Zero
            : grace > TaskPlanRules.DurationMax ? TaskPlanRules.DurationMax
            : grace;
        var killAt = draft.Now + grace;
        switch (state.Stage)
        {
            case TaskStage.Idle:
                draft.Record(new TaskRunEvent.KillAsked(killAt, draft.Now));
                TaskRunPlanner.End(draft);
                break;
            case TaskStage.Active:
                draft.Record(new TaskRunEvent.KillAsked(killAt, draft.Now));
                TaskRunPlanner.Clean(draft, grace);
                break;
            case TaskStage.Cleaning or TaskStage.Finalizing when !state.SweepOrdered && killAt < state.KillAt:
                draft.Record(new TaskRunEvent.KillAsked(killAt, draft.Now));
                Wake(draft);
                break;
            default:
                break;
        }
    }

    private static void Wake(TaskRunDraft draft)
    {
        if (!draft.State.SweepOrdered && draft.State.KillAt <= draft.Now)
        {
            draft.Sweep();
        }
        else
        {
            TaskRunPlanner.Advance(draft);
        }
    }
}
