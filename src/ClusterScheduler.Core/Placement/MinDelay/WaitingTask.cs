using ClusterScheduler.Core.Jobs;

namespace ClusterScheduler.Core.Placement.MinDelay;

/// <summary>One task of a request.</summary>
/// <param name="Group">Index in the request.</param>
/// <param name="Instance">Of the group.</param>
/// <param name="Job">For the order by name.</param>
/// <param name="Cpus">What it needs, thousandths.</param>
internal readonly record struct WaitingTask(int Group, int Instance, JobKey Job, long Cpus)
{
    /// <summary>All tasks by job, then number: the order in which ties are decided.</summary>
    public static WaitingTask[] AllByName(PlacementRequest request) =>
        [.. request.Groups
            .SelectMany((group, index) => group.Instances.Select(
                instance => new WaitingTask(index, instance, group.Job, group.Need.Cpus)))
            .OrderBy(task => task.Job).ThenBy(task => task.Instance)];
}
