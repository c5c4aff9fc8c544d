using System.Collections.Immutable;

namespace ClusterScheduler.Core.Execution;

/// <summary>
/// Which state may follow which: a process' life and a task's stages, as data. Anything not in a table is a
/// bug and is refused by <see cref="TaskRun.Apply"/>. Source: Thermos' process and task state machines.
/// </summary>
public static class TaskRunTransitions
{
    /// <summary>From what to what a process may go.</summary>
    public static ImmutableArray<(ProcessState From, ProcessState To)> Processes { get; } =
    [
        (ProcessState.Waiting, ProcessState.Forked),
        (ProcessState.Forked, ProcessState.Running),
        (ProcessState.Forked, ProcessState.Waiting),
        (ProcessState.Forked, ProcessState.Failed),
        (ProcessState.Forked, ProcessState.Killed),
        (ProcessState.Forked, ProcessState.Lost),
        (ProcessState.Running, ProcessState.Waiting),
        (ProcessState.Running, ProcessState.Success),
        (ProcessState.Running, ProcessState.Failed),
        (ProcessState.Running, ProcessState.Killed),
        (ProcessState.Running, ProcessState.Lost),
    ];

    /// <summary>From which stage to which a task may go. Idle to Ended is a kill before the start.</summary>
    public static ImmutableArray<(TaskStage From, TaskStage To)> Stages { get; } =
    [
        (TaskStage.Idle, TaskStage.Active),
        (TaskStage.Idle, TaskStage.Ended),
        (TaskStage.Active, TaskStage.Cleaning),
        (TaskStage.Cleaning, TaskStage.Finalizing),
        (TaskStage.Cleaning, TaskStage.Ended),
        (TaskStage.Finalizing, TaskStage.Ended),
    ];

    /// <summary>True if a process may go from one to the other.</summary>
    public static bool Allows(ProcessState from, ProcessState to)
    {
        foreach (var (allowedFrom, allowedTo) in Processes)
        {
            if (allowedFrom == from && allowedTo == to)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True if a task may go from one stage to the other.</summary>
    public static bool Allows(TaskStage from, TaskStage to)
    {
        foreach (var (allowedFrom, allowedTo) in Stages)
        {
            if (allowedFrom == from && allowedTo == to)
            {
                return true;
            }
        }

        return false;
    }
}
