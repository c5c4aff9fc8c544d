namespace ClusterScheduler.Master.Allocation;

/// <content>Transactions beside offers.</content>
internal static partial class AllocatorProtocol
{
    /// <summary>Use free resources for all of it, or for nothing. Answered with <see cref="Committed"/>.</summary>
    /// <param name="Taken">What is not free by the master's book: the answer, unless an agent has changed.</param>
    internal sealed record Commit(TransactionRequest Request, TransactionRefusal? Taken)
        : INoSerializationVerificationNeeded;

    /// <summary>To the master: all of it is used from now on, or nothing changed.</summary>
    internal sealed record Committed(TransactionRequest Request, TransactionRefusal? Refusal)
        : INoSerializationVerificationNeeded;

    /// <summary>What could the framework use? Answered with <see cref="AgentsViewed"/>.</summary>
    internal sealed record ViewAgents(MasterProtocol.ViewAgents Asked) : INoSerializationVerificationNeeded;

    /// <summary>To the master.</summary>
    internal sealed record AgentsViewed(MasterProtocol.ViewAgents Asked, AgentPage Page)
        : INoSerializationVerificationNeeded;
}
