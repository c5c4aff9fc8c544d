namespace ClusterScheduler.Core.Frameworks;

/// <summary>
/// What a framework understands (Mesos: <c>FrameworkInfo.Capability</c>). Each gates what it is sent.
/// </summary>
[Flags]
public enum FrameworkCapabilities
{
    /// <summary>Nothing optional.</summary>
    None = 0,

    /// <summary>Is offered revocable resources.</summary>
    RevocableResources = 1,

    /// <summary>Is told TASK_KILLING.</summary>
    TaskKillingState = 2,

    /// <summary>Is offered agents with GPUs.</summary>
    GpuResources = 4,

    /// <summary>Is offered shared volumes.</summary>
    SharedResources = 8,

    /// <summary>Is told the exact states of lost tasks.</summary>
    PartitionAware = 16,

    /// <summary>May have more than one role.</summary>
    MultiRole = 32,

    /// <summary>Is offered refined reservations.</summary>
    ReservationRefinement = 64,

    /// <summary>Is offered agents of other regions.</summary>
    RegionAware = 128,
}
