using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>What one client holds at one agent.</summary>
internal struct Holding
{
    public ClientState Client;

    /// <summary>In offers that have not ended.</summary>
    public ResourceSet Offered;

    /// <summary>Used by tasks, executors and operations.</summary>
    public ResourceSet Used;

    /// <summary>When the oldest offer that has not ended was made, in ticks.</summary>
    public long OfferedSince;

    public readonly bool IsEmpty => Offered.IsEmpty && Used.IsEmpty;
}
