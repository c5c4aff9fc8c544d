namespace ClusterScheduler.Core.Agents;

/// <summary>
/// What an agent was like when a framework looked at it: any change of what is free there, of its total or its facts
/// makes it another one. A new session, also under a new master, begins a count of its own.
/// </summary>
/// <param name="Session">The agent's session.</param>
/// <param name="Count">Counts the agent's changes within the session, from 1.</param>
public readonly record struct AgentVersion(AgentSession Session, long Count)
{
    /// <summary>Session and count, as in 3.17-42.</summary>
    public override string ToString() => FormattableString.Invariant($"{Session}-{Count}");
}
