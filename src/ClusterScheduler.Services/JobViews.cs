namespace ClusterScheduler.Services;

/// <summary>Jobs and instances as users see them.</summary>
internal static class JobViews
{
    public static ServicesProtocol.JobSummary Summary(JobState job, string neverFits) => new(
        job.Spec.Key, job.Submission, job.Incarnation, job.Phase, job.Spec.Instances)
    {
        Waiting = job.Waiting,
        Active = job.Active,
        Finished = job.Finished,
        Failed = job.Failed,
        Killed = job.Killed,
        SubmittedAt = job.SubmittedAt,
        EndedAt = job.EndedAt,
        Cause = job.SkippedBecause,
        NeverFits = neverFits,
    };

    public static ServicesProtocol.InstanceSummary Instance(JobState job, int number)
    {
        var state = job.Instance(number);
        TaskId? task = state.Attempt < 0 ? null : job.TaskOf(number);
        return new ServicesProtocol.InstanceSummary(number, task, state);
    }

    public static ServicesProtocol.JobDetails Details(JobState job, string neverFits, int first, int count)
    {
        var from = Math.Clamp(first, 0, job.Spec.Instances);
        var shown = Math.Clamp(count, 0, job.Spec.Instances - from);
        return new ServicesProtocol.JobDetails(
            Summary(job, neverFits), job.Spec,
            [.. Enumerable.Range(from, shown).Select(number => Instance(job, number))]);
    }
}
