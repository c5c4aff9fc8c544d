namespace ClusterScheduler.Protocol;

/// <content>Transactions beside offers.</content>
public static partial class MasterProtocol
{
    /// <summary>
    /// Where could a framework use something in one of its roles? Answered with
    /// <see cref="FrameworkProtocol.AgentsShown"/>; not at all when the connection is not the present one.
    /// </summary>
    public sealed record ViewAgents(FrameworkId FrameworkId, Guid Connection, AgentQuery Query) : IFrameworkMessage;

    /// <summary>
    /// Use free resources of several agents for tasks: all or nothing, where the agents are as the framework saw
    /// them. Stored by the framework's entity before it is sent. Answered with
    /// <see cref="FrameworkProtocol.CommitAnswered"/>, the same one each time, until the framework confirms it.
    /// </summary>
    /// <param name="AcceptId">Counts the framework's accepts and transactions, over all its life.</param>
    /// <param name="Role">In which role; its quota and reservations count.</param>
    /// <param name="ConfirmedUpTo">Answers up to this accept id are stored and need not be kept.</param>
    public sealed record Commit(
        FrameworkId FrameworkId,
        long AcceptId,
        string Role,
        ImmutableArray<AgentPlacement> Placements,
        long ConfirmedUpTo) : IFrameworkMessage;
}
