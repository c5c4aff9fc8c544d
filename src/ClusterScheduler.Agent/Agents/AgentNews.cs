using ClusterScheduler.Protocol;

namespace ClusterScheduler.Agent.Agents;

/// <summary>On the event stream of the agent's node: how it stands with its master.</summary>
/// <param name="Name">The agent's, on its node.</param>
public abstract record AgentNews(string Name)
{
    /// <summary>The master admitted it and has its report.</summary>
    public sealed record Registered(string Name, AgentId AgentId, AgentSession Session) : AgentNews(Name);

    /// <summary>The master does not admit it.</summary>
    public sealed record Refused(string Name, AgentProtocol.AgentRefusal Reason, string Message) : AgentNews(Name);
}
