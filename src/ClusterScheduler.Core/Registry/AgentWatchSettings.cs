namespace ClusterScheduler.Core.Registry;

/// <summary>When an agent counts as lost, and how many may be lost at once.</summary>
/// <param name="PingInterval">Between two pings of one agent (Mesos: agent_ping_timeout).</param>
/// <param name="PingsMissedMax">Unanswered in a row (Mesos: max_agent_ping_timeouts).</param>
/// <param name="ReregisterTimeout">For agents to come back to a new master (Mesos: agent_reregister_timeout).</param>
/// <param name="RecoveryRemovalLimit">Share, 0 to 1, of the agents known at the failover that may be declared
/// unreachable because they did not come back; beyond it none is, until an operator allows it (Mesos:
/// recovery_agent_removal_limit).</param>
public sealed record AgentWatchSettings(
    TimeSpan PingInterval, int PingsMissedMax, TimeSpan ReregisterTimeout, double RecoveryRemovalLimit)
{
    private const int SlotsMax = 64;

    private static readonly TimeSpan LeastTick = TimeSpan.FromMilliseconds(10);

    /// <summary>None: as many as are silent.</summary>
    public RemovalRate? RemovalRate { get; init; }

    /// <summary>Groups of agents that are pinged at different moments of the interval.</summary>
    public int Slots => (int)Math.Clamp(PingInterval / LeastTick, 1, SlotsMax);

    /// <summary>Between two turns of the watch.</summary>
    public TimeSpan Tick => PingInterval / Slots;
}
