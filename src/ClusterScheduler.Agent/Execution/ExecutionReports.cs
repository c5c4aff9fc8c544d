using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Agent.Execution;

/// <summary>Makes the report of an end from its result and what the sandbox holds.</summary>
internal static class ExecutionReports
{
    private const double KiBInMiB = 1024;

    public static ExecutionReport.Ended Ended(
        TaskKey key, int processes, TaskResult result, DateTimeOffset at, string sandbox, int evidenceBytesMax)
    {
        var status = (result.Outcome as TaskOutcome.Failed)?.Status;
        var decisive = result.Outcome is TaskOutcome.Failed failed && processes > 1 ? failed.Decisive : "";
        var evidence = new TaskEvidence(
            status is ExitStatus.Exited exited ? exited.Code : result.Outcome is TaskOutcome.Finished ? 0 : null,
            (status as ExitStatus.Signaled)?.Signal,
            decisive,
            result.Outcome is TaskOutcome.Failed or TaskOutcome.Lost ? SandboxLog.Tail(sandbox, evidenceBytesMax) : "",
            result.Usage.CpuTime.TotalSeconds,
            (long)Math.Ceiling(result.Usage.PeakMemoryKiB / KiBInMiB));
        return new ExecutionReport.Ended(key, at, result, Evidence.Describe(result, processes), evidence);
    }
}
