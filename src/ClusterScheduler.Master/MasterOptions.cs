using ClusterScheduler.Core.Allocation;

namespace ClusterScheduler.Master;

/// <summary>What an operator can set of the master (HOCON: cluster-scheduler.master).</summary>
/// <param name="PingInterval">Between pings of an agent; Mesos: 15 s.</param>
/// <param name="PingsMissedMax">After so many unanswered pings an agent is unreachable; Mesos: 5.</param>
/// <param name="AllocationInterval">Least time between two allocation rounds under load; at once when idle.</param>
/// <param name="ConfirmAfter">A task that nobody confirmed for this long after its resources were given is asked
/// for.</param>
/// <param name="Retry">Between repetitions of what framework entities have not answered.</param>
/// <param name="ReregisterTimeout">How long agents have to come back after a failover before they count as
/// unreachable; Mesos: 10 min.</param>
public sealed record MasterOptions(
    TimeSpan PingInterval,
    int PingsMissedMax,
    TimeSpan AllocationInterval,
    TimeSpan ConfirmAfter,
    TimeSpan Retry,
    TimeSpan ReregisterTimeout)
{
    /// <summary>The values of reference.conf.</summary>
    public static MasterOptions Default { get; } = new(
        TimeSpan.FromSeconds(15), 5, TimeSpan.FromMilliseconds(10), TimeSpan.FromSeconds(30),
        TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(10));

    /// <summary>How resources are shared (HOCON: cluster-scheduler.master.allocator).</summary>
    public AllocatorSettings Allocator { get; init; } =
        AllocatorSettings.Default with { OfferTimeout = TimeSpan.FromMinutes(5) };

    /// <summary>An agent that has not answered for this long is unreachable.</summary>
    public TimeSpan PingTimeout => PingInterval * PingsMissedMax;
}
