namespace ClusterScheduler.Core.Jobs.Life;

/// <summary>Where one instance of a job is (Aurora's ScheduleStatus; THROTTLED is Pending with a time to wait for,
/// LOST and DROPPED attempts are Pending again).</summary>
public enum InstancePhase
{
    /// <summary>Waits for an agent.</summary>
    Pending,

    /// <summary>An attempt was stored and its launch goes out.</summary>
    Assigned,

    /// <summary>Its processes run.</summary>
    Running,

    /// <summary>Its agent lost contact.</summary>
    Partitioned,

    /// <summary>A kill was asked for and goes out.</summary>
    Killing,

    /// <summary>Ended well. Nothing follows.</summary>
    Finished,

    /// <summary>Failed as often as it may. Nothing follows.</summary>
    Failed,

    /// <summary>Ended because somebody asked. Nothing follows.</summary>
    Killed,
}

/// <summary>What the phases mean to those who decide by them.</summary>
public static class InstancePhases
{
    /// <summary>True where nothing follows.</summary>
    public static bool HasEnded(this InstancePhase phase) =>
        phase is InstancePhase.Finished or InstancePhase.Failed or InstancePhase.Killed;

    /// <summary>True where an attempt may be on an agent.</summary>
    public static bool IsActive(this InstancePhase phase) => phase is InstancePhase.Assigned
        or InstancePhase.Running or InstancePhase.Partitioned or InstancePhase.Killing;
}
