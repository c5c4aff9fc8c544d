using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Jobs.Life;

/// <summary>
/// The life of an instance as a table: its phase and the state that a status update of its current attempt reports.
/// After Aurora's TaskStateMachine: a loss, and a kill that nobody here asked for, is tried again; an end while being
/// killed is the kill's end, unless it ended well.
/// </summary>
public static class InstanceTransitions
{
    private static readonly InstanceOutcome[] OnAgent = Row(
        running: InstanceOutcome.Runs, unreachable: InstanceOutcome.Parts, finished: InstanceOutcome.Finishes,
        failed: InstanceOutcome.Fails, error: InstanceOutcome.FailsForGood, otherEnd: InstanceOutcome.IsLost);

    private static readonly InstanceOutcome[] WhileKilling = Row(
        running: InstanceOutcome.Unchanged, unreachable: InstanceOutcome.IsKilled, finished: InstanceOutcome.Finishes,
        failed: InstanceOutcome.IsKilled, error: InstanceOutcome.IsKilled, otherEnd: InstanceOutcome.IsKilled);

    private static readonly InstanceOutcome[] WithoutAttempt =
        [.. Enum.GetValues<TaskState>().Select(_ => InstanceOutcome.Stale)];

    /// <summary>The entry of the table.</summary>
    public static InstanceOutcome Next(InstancePhase phase, TaskState reported) => RowOf(phase)[(int)reported];

    private static InstanceOutcome[] RowOf(InstancePhase phase) => phase switch
    {
        InstancePhase.Assigned or InstancePhase.Running or InstancePhase.Partitioned => OnAgent,
        InstancePhase.Killing => WhileKilling,
        InstancePhase.Pending or InstancePhase.Finished or InstancePhase.Failed or InstancePhase.Killed =>
            WithoutAttempt,
        _ => throw new ArgumentOutOfRangeException(nameof(phase), phase, "not a phase"),
    };

    private static InstanceOutcome[] Row(
        InstanceOutcome running, InstanceOutcome unreachable, InstanceOutcome finished, InstanceOutcome failed,
        InstanceOutcome error, InstanceOutcome otherEnd) =>
        [.. Enum.GetValues<TaskState>().Select(state => state switch
        {
            TaskState.Staging or TaskState.Starting or TaskState.Killing => InstanceOutcome.Unchanged,
            TaskState.Running => running,
            TaskState.Unreachable => unreachable,
            TaskState.Finished => finished,
            TaskState.Failed => failed,
            TaskState.Error => error,
            _ => otherEnd,
        })];
}
