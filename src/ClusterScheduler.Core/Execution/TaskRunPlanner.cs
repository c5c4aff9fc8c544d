using System.Collections.Immutable;

namespace ClusterScheduler.Core.Execution;

/// <summary>What comes next in a task: whose turn it is, when a stage is over, how it all ended.</summary>
internal static class TaskRunPlanner
{
    /// <summary>Starts whatever has its turn, or leaves the stage when nothing more is to come in it.</summary>
    public static void Advance(TaskRunDraft draft)
    {
        if (draft.State.SweepOrdered)
        {
            return;
        }

        if (draft.State.Stage == TaskStage.Active)
        {
            if (draft.State.Decisive is not null || IsWorkDone(draft.State))
            {
                Clean(draft, draft.State.Plan.KillGrace);
                return;
            }

            ForkReady(draft);
        }
        else if (draft.State.Stage == TaskStage.Finalizing)
        {
            if (IsWorkDone(draft.State))
            {
                draft.Sweep();
                return;
            }

            ForkReady(draft);
        }
    }

    /// <summary>Begins to stop what is left of the ordinary processes.</summary>
    public static void Clean(TaskRunDraft draft, TimeSpan grace)
    {
        var wait = draft.State.Plan.FinalizationWait;
        var killAt = draft.Now + grace;
        draft.Enter(TaskStage.Cleaning, killAt, draft.Now + (wait > grace ? wait : grace));
        if (grace == TimeSpan.Zero)
        {
            draft.Sweep();
        }
        else
        {
            draft.Act(new TaskRunEffect.Terminate());
        }
    }

    /// <summary>Goes on to the final processes, or ends where there are none.</summary>
    public static void LeaveCleaning(TaskRunDraft draft)
    {
        if (!draft.State.Processes.Any(process => process.Spec.Final))
        {
            End(draft);
            return;
        }

        var least = draft.Now + TaskRun.LeastFinalization;
        var endBy = draft.State.EndBy is { } planned && planned > least ? planned : least;
        draft.Enter(TaskStage.Finalizing, endBy, endBy);
        Advance(draft);
    }

    /// <summary>Ends the task; nothing of it is left.</summary>
    public static void End(TaskRunDraft draft)
    {
        var state = draft.State;
        var outcome = state.Decisive
            ?? (state.KillAsked ? new TaskOutcome.Killed() : new TaskOutcome.Finished());
        ImmutableArray<string> neverRan =
            [.. state.Processes.Where(process => process.Runs == 0).Select(process => process.Spec.Name)];
        var result = new TaskResult(outcome, state.Usage, neverRan);
        draft.Record(new TaskRunEvent.TaskEnded(result, draft.Now));
        draft.Act(new TaskRunEffect.Announce(result));
    }

    /// <summary>What becomes of a process whose run ended.</summary>
    public static ProcessState StateAfter(TaskRunState state, ProcessRunState process, ExitStatus status)
    {
        if (status is ExitStatus.Unknown)
        {
            return ProcessState.Lost;
        }

        if (state.SweepOrdered || (state.Stage == TaskStage.Cleaning && !process.Spec.Final))
        {
            return ProcessState.Killed;
        }

        if (status.IsSuccess)
        {
            return process.Spec.Daemon ? ProcessState.Waiting : ProcessState.Success;
        }

        var allowed = process.Spec.MaxFailures == 0
            ? TaskRun.FailureCap
            : Math.Min(process.Spec.MaxFailures, TaskRun.FailureCap);
        return process.Failures + 1 >= allowed ? ProcessState.Failed : ProcessState.Waiting;
    }

    /// <summary>True while a run is ordered or going on.</summary>
    public static bool IsAnyAlive(TaskRunState state) => state.Processes.Any(process => process.IsAlive);

    /// <summary>True if nothing but time or a free place keeps it from running.</summary>
    public static bool IsItsTurn(TaskRunState state, int index)
    {
        var process = state.Processes[index];
        if (process.State != ProcessState.Waiting || !BelongsToStage(state, process))
        {
            return false;
        }

        foreach (var before in process.WaitsFor)
        {
            if (state.Processes[before].State != ProcessState.Success)
            {
                return false;
            }
        }

        return true;
    }

    private static bool BelongsToStage(TaskRunState state, ProcessRunState process) =>
        process.Spec.Final == (state.Stage == TaskStage.Finalizing);

    private static void ForkReady(TaskRunDraft draft)
    {
        for (var index = 0; index < draft.State.Processes.Length; index++)
        {
            var state = draft.State;
            if (state.Plan.MaxConcurrency > 0
                && state.Processes.Count(process => process.IsAlive) >= state.Plan.MaxConcurrency)
            {
                return;
            }

            var process = state.Processes[index];
            if (IsItsTurn(state, index) && process.ReadyAt <= draft.Now)
            {
                draft.Record(new TaskRunEvent.ProcessForked(process.Spec.Name, process.Runs + 1, draft.Now));
                draft.Act(new TaskRunEffect.Spawn(process.Spec, process.Runs + 1));
            }
        }
    }

    /// <summary>
    /// True if every process of the stage that counts is done, or can never run. A final process counts, ephemeral or
    /// not: otherwise it would be stopped before it ran.
    /// </summary>
    private static bool IsWorkDone(TaskRunState state)
    {
        bool[]? blocked = null;
        for (var index = 0; index < state.Processes.Length; index++)
        {
            var process = state.Processes[index];
            if (!BelongsToStage(state, process) || process.Spec is { Ephemeral: true, Final: false })
            {
                continue;
            }

            if (process.IsAlive
                || (process.State == ProcessState.Waiting && !(blocked ??= Blocked(state))[index]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Which processes can never run, because something that must succeed before them never will.</summary>
    private static bool[] Blocked(TaskRunState state)
    {
        var blocked = new bool[state.Processes.Length];
        bool found;
        do
        {
            found = false;
            for (var index = 0; index < blocked.Length; index++)
            {
                if (!blocked[index] && state.Processes[index].WaitsFor.Any(before => blocked[before]
                    || HasNotSucceeded(state.Processes[before].State)))
                {
                    blocked[index] = found = true;
                }
            }
        }
        while (found);
        return blocked;
    }

    private static bool HasNotSucceeded(ProcessState state) =>
        state is ProcessState.Failed or ProcessState.Killed or ProcessState.Lost;
}
