using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Jobs.Life;

/// <summary>An instance that may be on an agent.</summary>
/// <param name="Job">Its job.</param>
/// <param name="Number">Which of the job's instances.</param>
/// <param name="State">Where it is.</param>
public sealed record ActiveInstance(JobState Job, int Number, InstanceState State)
{
    /// <summary>The id of its latest attempt, as the cluster knows it.</summary>
    public TaskId TaskId => Job.TaskOf(Number);
}
