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
    /// Holds offers back, if there is quota now, until 80 % of the agents were back once, or the deadline has passed.
    /// What comes after that, a lost agent or a first quota, does not hold them back again.
    /// </summary>
    /// <param name="agentsKnown">Number of agents that the registry knows; zero or less ends the wait.</param>
    /// <param name="until">When to offer in any case; Mesos waits 10 minutes.</param>
    public void AwaitAgents(int agentsKnown, DateTimeOffset until)
    {
        var awaited = (int)Math.Ceiling(Math.Max(0, agentsKnown) * Settings.RecoveryFactor);
        agentsAwaited = tree.HasQuota && agents.Count < awaited ? awaited : 0;
        awaitedUntil = until;
    }

    /// <summary>Whether offers are held back now.</summary>
    public bool IsAwaitingAgents(DateTimeOffset now) => agentsAwaited > 0 && tree.HasQuota && now < awaitedUntil;

    private void CountBack() => agentsAwaited = agents.Count >= agentsAwaited ? 0 : agentsAwaited;
}
