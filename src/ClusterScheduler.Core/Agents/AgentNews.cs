namespace ClusterScheduler.Core.Agents;

/// <summary>That an agent is lost, gone or back: said to frameworks and their tasks until each has noted it.</summary>
/// <param name="Session">Of a return: the new session. Of a loss: every session up to this one is over.</param>
public readonly record struct AgentNews(AgentId AgentId, AgentTurn Turn, AgentSession Session)
{
    /// <summary>True where this says what came after <paramref name="other"/>: a later session, or the end.</summary>
    public bool IsLaterThan(AgentNews other) =>
        other.Turn != AgentTurn.Gone && (Turn == AgentTurn.Gone || Session > other.Session
            || (Session == other.Session && Turn == AgentTurn.Lost && other.Turn == AgentTurn.Returned));
}

/// <summary>What became of an agent.</summary>
public enum AgentTurn
{
    /// <summary>Out of reach; its tasks may run.</summary>
    Lost,

    /// <summary>Declared gone; its tasks count as ended.</summary>
    Gone,

    /// <summary>Back after it was lost.</summary>
    Returned,
}
