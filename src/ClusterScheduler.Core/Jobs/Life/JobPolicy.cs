namespace ClusterScheduler.Core.Jobs.Life;

/// <summary>The figures that decisions about jobs go by.</summary>
public sealed record JobPolicy
{
    /// <summary>The pause before the first retry; it doubles with each failure or loss.</summary>
    public TimeSpan RetryDelayMin { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest pause before a retry (Aurora: max_flapping_task_penalty, 5 min).</summary>
    public TimeSpan RetryDelayMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long an instance whose agent lost contact is waited for before another attempt.</summary>
    public TimeSpan PartitionDelay { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Jobs that have not ended, at once.</summary>
    public int ActiveJobsMax { get; init; } = 20_000;

    /// <summary>Instances of jobs that have not ended, at once.</summary>
    public int ActiveTasksMax { get; init; } = 500_000;

    /// <summary>Ended jobs that are remembered (Aurora keeps 100 tasks per job for 2 days).</summary>
    public int EndedJobsMax { get; init; } = 1_000;

    /// <summary>The pause before the attempt after so many failures or losses, 1 or more.</summary>
    public TimeSpan RetryDelay(int count)
    {
        const int DoublingsMax = 30;
        var delay = RetryDelayMin * (1L << Math.Min(count - 1, DoublingsMax));
        return delay < RetryDelayMax ? delay : RetryDelayMax;
    }
}
