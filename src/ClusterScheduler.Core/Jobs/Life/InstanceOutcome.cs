namespace ClusterScheduler.Core.Jobs.Life;

/// <summary>What a status update of the current attempt does to its instance.</summary>
public enum InstanceOutcome
{
    /// <summary>Nothing new.</summary>
    Unchanged,

    /// <summary>It runs.</summary>
    Runs,

    /// <summary>Its agent lost contact; what it does is not known.</summary>
    Parts,

    /// <summary>It ended well.</summary>
    Finishes,

    /// <summary>The attempt failed: one failure more, and another attempt while the job allows it.</summary>
    Fails,

    /// <summary>The description is wrong: another attempt would fail again.</summary>
    FailsForGood,

    /// <summary>The attempt was lost through no fault of the task: another attempt, no failure counted.</summary>
    IsLost,

    /// <summary>The kill that was asked for is done.</summary>
    IsKilled,

    /// <summary>The instance has no attempt that this could be about.</summary>
    Stale,
}
