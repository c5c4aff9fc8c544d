namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// After a master failover the allocator knows neither all agents nor what is used on them. Where quota is set,
/// offers
/// made then could break it, so they wait until most agents are back (Mesos: allocator_agent_recovery_factor).
/// </summary>
public sealed partial class Allocator
{
    private int agentsAwaited;
    private DateTimeOffset awaitedUntil;

    /// <summary>
    /// Holds offers back, if there is quota, until 80 % of the agents are back or the deadline has passed.
    /// </summary>
    /// <param name="agentsKnown">Number of agents that the registry knows; zero or less ends the wait.</param>
    /// <param name="until">When to offer in any case; Mesos waits 10 minutes.</param>
    public void AwaitAgents(int agentsKnown, DateTimeOffset until)
    {
        agentsAwaited = (int)Math.Ceiling(Math.Max(0, agentsKnown) * Settings.RecoveryFactor);
        awaitedUntil = until;
    }

    /// <summary>Whether offers are held back now.</summary>
    public bool IsAwaitingAgents(DateTimeOffset now) =>
        tree.HasQuota && agents.Count < agentsAwaited && now < awaitedUntil;
}
