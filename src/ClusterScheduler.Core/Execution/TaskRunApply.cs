namespace ClusterScheduler.Core.Execution;

/// <summary>The only place where a task's state changes.</summary>
internal static class TaskRunApply
{
    public static TaskRunState Apply(TaskRunState state, TaskRunEvent @event) => @event switch
    {
        TaskRunEvent.ProcessForked forked => Change(state, forked.Process, ProcessState.Forked, process =>
            process with { Runs = forked.Run, LastStart = forked.At, Identity = null }),
        TaskRunEvent.ProcessStarted started => Change(state, started.Process, ProcessState.Running, process =>
            process with { Identity = started.Identity }),
        TaskRunEvent.ProcessEnded ended => Ended(state, ended),
        TaskRunEvent.KillAsked asked => state with
        {
            KillAsked = state.KillAsked || state.Stage is TaskStage.Idle or TaskStage.Active,
            KillAt = asked.KillAt,
        },
        TaskRunEvent.StageEntered entered => Enter(state, entered.Stage) with
        {
            KillAt = entered.KillAt,
            EndBy = entered.EndBy,
            SweepOrdered = false,
        },
        TaskRunEvent.SweepOrdered => state with { SweepOrdered = true },
        TaskRunEvent.TaskEnded end => Enter(state, TaskStage.Ended) with { Result = end.Result, KillAt = null },
        _ => throw new InvalidOperationException($"{@event} is no event of a task's run."),
    };

    private static TaskRunState Enter(TaskRunState state, TaskStage stage) =>
        TaskRunTransitions.Allows(state.Stage, stage)
            ? state with { Stage = stage }
            : throw new InvalidOperationException($"A task cannot go from {state.Stage} to {stage}.");

    private static TaskRunState Change(
        TaskRunState state, string name, ProcessState to, Func<ProcessRunState, ProcessRunState> change)
    {
        var index = state.IndexOf(name);
        if (index < 0)
        {
            throw new InvalidOperationException($"The plan has no process '{name}'.");
        }

        var process = state.Processes[index];
        return TaskRunTransitions.Allows(process.State, to)
            ? state with { Processes = state.Processes.SetItem(index, change(process) with { State = to }) }
            : throw new InvalidOperationException($"Process '{name}' cannot go from {process.State} to {to}.");
    }

    private static TaskRunState Ended(TaskRunState state, TaskRunEvent.ProcessEnded ended)
    {
        var failed = ended.Next is ProcessState.Failed or ProcessState.Waiting && !ended.Status.IsSuccess;
        var changed = Change(state, ended.Process, ended.Next, process => process with
        {
            Failures = process.Failures + (failed ? 1 : 0),
            Identity = null,
        });
        return changed with { Usage = changed.Usage.Plus(ended.Usage), Decisive = Decisive(changed, ended) };
    }

    /// <summary>
    /// The first failure that reached the task's limit stays the decisive one; a loss overrides it.
    /// </summary>
    private static TaskOutcome? Decisive(TaskRunState state, TaskRunEvent.ProcessEnded ended)
    {
        if (ended is { Next: ProcessState.Lost, Status: ExitStatus.Unknown unknown })
        {
            return new TaskOutcome.Lost(unknown.Cause);
        }

        if (state.Decisive is not null || ended.Next != ProcessState.Failed || state.KillAsked)
        {
            return state.Decisive;
        }

        var failures = state.Processes.Count(process => process.State == ProcessState.Failed);
        return state.Plan.MaxFailures > 0 && failures >= state.Plan.MaxFailures
            ? new TaskOutcome.Failed(ended.Process, ended.Run, ended.Status)
            : null;
    }
}
