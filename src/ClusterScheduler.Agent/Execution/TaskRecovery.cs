using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Agent.Execution;

/// <summary>
/// Says what became of a task that no keeper holds, and makes it so: forbids its start, or kills what is left of it.
/// Afterwards its run log says the same to whoever reads it next.
/// </summary>
internal static class TaskRecovery
{
    /// <param name="folder">What is on disk of it.</param>
    /// <param name="takenIn">The boot in which it was taken.</param>
    /// <param name="bootId">The boot in which we are.</param>
    public static TaskResult Conclude(TaskFolder folder, string takenIn, string bootId)
    {
        var log = folder.ReadRunLog();
        if (log is null)
        {
            if (folder.TryForbid(bootId))
            {
                // What is not there may have been lost with the old boot: only this boot's absence is a proof.
                return OrphanedRun.Unstarted(takenIn, bootId);
            }

            log = folder.ReadRunLog() ?? new RunLog(null, [], IsDamaged: true);
        }

        if (log.Result is { } known)
        {
            return known;
        }

        var result = OrphanedRun.Decide(log, takenIn, bootId);
        if (result.Outcome is TaskOutcome.Lost)
        {
            OrphanSweep.Kill(folder.Sandbox, log.Sessions);
            folder.Conclude(result);
        }

        return result;
    }
}
