using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation.Oversubscription;

/// <summary>One task as the estimator sees it.</summary>
/// <param name="Allocated">What it may use, without revocable resources.</param>
/// <param name="Usage">What it used.</param>
public sealed record EstimatedTask(ResourceSet Allocated, UsageWindow Usage);

/// <summary>How careful the estimate is.</summary>
/// <param name="SafetyShare">The part of each allocation that is never lent out: 0 to 1.</param>
/// <param name="SamplesLeast">A task with fewer samples lends nothing.</param>
public sealed record EstimatorSettings(double SafetyShare, int SamplesLeast)
{
    /// <summary>A tenth is kept, and a task is watched for 60 samples first.</summary>
    public static EstimatorSettings Default { get; } = new(0.1, 60);
}

/// <summary>
/// What an agent may offer as revocable (Mesos: resource estimator): per task its allocation without the 95th
/// percentile
/// of its usage over a sliding window, and without a safety share. Pure.
/// </summary>
public static class RevocableEstimator
{
    /// <summary>Cpus and mem that are allocated and will probably not be used.</summary>
    /// <param name="tasks">Tasks on the agent; the order does not matter.</param>
    /// <param name="settings">A safety share outside 0 to 1 counts as the nearest of both.</param>
    /// <returns>Revocable cpus and mem, each perhaps nothing, rounded down.</returns>
    public static ResourceSet Estimate(IEnumerable<EstimatedTask> tasks, EstimatorSettings settings)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        ArgumentNullException.ThrowIfNull(settings);
        var kept = double.IsNaN(settings.SafetyShare) ? 1 : Math.Clamp(settings.SafetyShare, 0, 1);
        var (cpus, mem) = (Scalar.Zero, Scalar.Zero);
        foreach (var task in tasks)
        {
            if (task.Usage.Count >= settings.SamplesLeast)
            {
                var (usedCpus, usedMem) = task.Usage.Percentile95();
                cpus += Idle(task.Allocated.Cpus, usedCpus, kept);
                mem += Idle(task.Allocated.Mem, usedMem, kept);
            }
        }

        return ResourceSet.Of(
            new ResourceItem(new ResourceKey(ResourceNames.Cpus, ResourceKind.Scalar, isRevocable: true), cpus),
            new ResourceItem(new ResourceKey(ResourceNames.Mem, ResourceKind.Scalar, isRevocable: true), mem));
    }

    private static Scalar Idle(Scalar allocated, Scalar used, double kept)
    {
        var reserve = (long)Math.Ceiling(allocated.Thousandths * kept);
        return new Scalar(Math.Max(0, allocated.Thousandths - used.Thousandths - reserve));
    }
}
