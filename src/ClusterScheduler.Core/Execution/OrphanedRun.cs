namespace ClusterScheduler.Core.Execution;

/// <summary>What became of a task that no keeper holds, judged by its record alone.</summary>
public static class OrphanedRun
{
    /// <summary>No record of a start was there, and now none can be made.</summary>
    /// <param name="takenIn">The boot in which the agent took the task.</param>
    /// <param name="bootId">The boot in which the start was forbidden.</param>
    /// <returns>Dropped, if it is sure: what was written shortly before a power failure may be gone with it.</returns>
    public static TaskResult Unstarted(string takenIn, string bootId) => takenIn == bootId
        ? ResultOf(new TaskOutcome.Dropped())
        : ResultOf(new TaskOutcome.Lost(UnknownCause.MachineRebooted));

    /// <summary>There is a record without an end in it.</summary>
    /// <param name="log">The record.</param>
    /// <param name="takenIn">The boot in which the agent took the task.</param>
    /// <param name="bootId">The boot in which we are.</param>
    public static TaskResult Decide(RunLog log, string takenIn, string bootId)
    {
        ArgumentNullException.ThrowIfNull(log);
        return log switch
        {
            { IsDamaged: false, Result: { } known } => known,
            { Opening: RunLogOpening.Forbidden } => Unstarted(takenIn, log.Opening.BootId),
            { Opening: { } opening } when opening.BootId != bootId => Lost(log, UnknownCause.MachineRebooted),
            { IsDamaged: true } => Lost(log, UnknownCause.RecordDamaged),

            // The fork is on record before anything runs. In the same boot, no such record: nothing ran.
            { Opening: not null } when !log.Events.Any(@event => @event is TaskRunEvent.ProcessForked) =>
                ResultOf(new TaskOutcome.Dropped()),
            _ => Lost(log, UnknownCause.KeeperLost),
        };
    }

    private static TaskResult ResultOf(TaskOutcome outcome) => new(outcome, default, []);

    private static TaskResult Lost(RunLog log, UnknownCause cause)
    {
        var usage = default(ProcessUsage);
        foreach (var @event in log.Events)
        {
            usage = @event is TaskRunEvent.ProcessEnded ended ? usage.Plus(ended.Usage) : usage;
        }

        return new TaskResult(new TaskOutcome.Lost(cause), usage, []);
    }
}
