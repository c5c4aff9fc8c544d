using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Preemption;
using ClusterScheduler.Core.Registry;

namespace ClusterScheduler.Master;

/// <summary>What an operator can set of the master (HOCON: cluster-scheduler.master).</summary>
/// <param name="PingInterval">Between pings of an agent (Mesos: agent_ping_timeout, 15 s).</param>
/// <param name="PingsMissedMax">After so many unanswered pings an agent is unreachable (Mesos:
/// max_agent_ping_timeouts, 5).</param>
/// <param name="AllocationInterval">Least time between two allocation rounds under load; at once when idle.</param>
/// <param name="ConfirmAfter">A task that nobody confirmed for this long after its resources were given is asked
/// for.</param>
/// <param name="Retry">Between repetitions of what framework entities have not answered.</param>
/// <param name="ReregisterTimeout">How long agents have to come back after a failover before they count as
/// unreachable (Mesos: agent_reregister_timeout, 10 min).</param>
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

    /// <summary>What is done for roles below their guarantees (HOCON: cluster-scheduler.master.reclaim).</summary>
    public ReclaimSettings Reclaim { get; init; } = ReclaimSettings.Default;

    /// <summary>At most so many agents are declared unreachable in a span of time; none: no limit.</summary>
    public RemovalRate? AgentRemovalRateLimit { get; init; }

    /// <summary>
    /// The share of the agents that may be declared unreachable because they did not come back after a failover, 0 to
    /// 1. Mesos' default is 1, which gives every task up when a network heals slowly.
    /// </summary>
    public double RecoveryAgentRemovalLimit { get; init; } = 0.5;

    /// <summary>Between two rounds of forgetting (Mesos: 15 min).</summary>
    public TimeSpan RegistryGcInterval { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>An agent that is away for longer is declared gone, then forgotten (Mesos: 2 weeks).</summary>
    public TimeSpan RegistryMaxAgentAge { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Agents that are away, at most; the oldest are forgotten first (Mesos: 102,400).</summary>
    public int RegistryMaxAgentCount { get; init; } = 102_400;

    /// <summary>Ended frameworks that can still be listed (Mesos: 50).</summary>
    public int MaxCompletedFrameworks { get; init; } = 50;

    /// <summary>Every task that resources are held for is asked for once in so long.</summary>
    public TimeSpan AuditInterval { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Stored events between two snapshots of the registry.</summary>
    public int EventsPerSnapshot { get; init; } = 1_000;

    /// <summary>An agent that has not heard a ping for this long looks for the master again.</summary>
    public TimeSpan PingTimeout => PingInterval * PingsMissedMax;

    /// <summary>When agents count as lost.</summary>
    public AgentWatchSettings Watch => new(
        PingInterval, PingsMissedMax, ReregisterTimeout, RecoveryAgentRemovalLimit)
    {
        RemovalRate = AgentRemovalRateLimit,
    };
}
