namespace ClusterScheduler.Core.Jobs.Life;

/// <summary>Where a whole job is; follows from its instances.</summary>
public enum JobPhase
{
    /// <summary>Waits for other jobs to finish.</summary>
    Waiting,

    /// <summary>May run; no instance is on an agent.</summary>
    Pending,

    /// <summary>Some instance is on an agent.</summary>
    Running,

    /// <summary>Every instance finished.</summary>
    Finished,

    /// <summary>Every instance ended, and some failed.</summary>
    Failed,

    /// <summary>Every instance ended, none failed, and some were killed.</summary>
    Killed,

    /// <summary>Never ran, because a job that it waited for did not finish.</summary>
    Skipped,
}
