namespace ClusterScheduler.Protocol;

/// <summary>What a scheduler hears from its framework's entity; the events of Mesos' scheduler API.</summary>
public static class SchedulerProtocol
{
    /// <summary>
    /// The subscription holds. Sent again, with another epoch, when a new master has taken office: offers of the
    /// earlier one have ended.
    /// </summary>
    /// <param name="Heartbeat">How often <see cref="Heartbeat"/> comes at least.</param>
    public sealed record Subscribed(FrameworkId FrameworkId, Guid Connection, MasterEpoch Epoch, TimeSpan Heartbeat)
        : IWireMessage;

    /// <summary>
    /// The subscription ended for good: replaced, refused, torn down. The message says which and why.
    /// </summary>
    public sealed record SubscriptionEnded(FrameworkId FrameworkId, Guid Connection, string Message) : IWireMessage;

    /// <summary>Resources to use or to decline.</summary>
    public sealed record Offers(Guid Connection, ImmutableArray<Offer> Items) : IWireMessage;

    /// <summary>These offers can no longer be used.</summary>
    public sealed record Rescinded(Guid Connection, ImmutableArray<OfferId> OfferIds) : IWireMessage;

    /// <summary>Agents that the framework is asked to leave.</summary>
    public sealed record InverseOffers(Guid Connection, ImmutableArray<InverseOffer> Items) : IWireMessage;

    /// <summary>These inverse offers are void.</summary>
    public sealed record InverseRescinded(Guid Connection, ImmutableArray<OfferId> OfferIds) : IWireMessage;

    /// <summary>A task's status; acknowledged when it has a uuid.</summary>
    public sealed record Updated(Guid Connection, StatusUpdate Update) : IWireMessage;

    /// <summary>What became of the operations of an accept. Said once: what offers show later says it again.</summary>
    public sealed record OperationsAnswered(Guid Connection, ImmutableArray<OperationStatus> Statuses) : IWireMessage;

    /// <summary>
    /// What became of a transaction. Said once: the updates of its tasks say it until they are acknowledged.
    /// </summary>
    /// <param name="Refusal">Why all of its tasks are dropped; none when all may run.</param>
    public sealed record TransactionAnswered(Guid Connection, Guid TransactionId, TransactionRefusal? Refusal)
        : IWireMessage;

    /// <summary>Answers <see cref="FrameworkProtocol.ViewAgents"/>.</summary>
    public sealed record AgentsShown(Guid Connection, AgentPage Page) : IWireMessage;

    /// <summary>An agent was lost; its tasks' updates follow by themselves.</summary>
    public sealed record AgentFailure(Guid Connection, AgentId AgentId, bool Gone) : IWireMessage;

    /// <summary>
    /// The connection lives. Whether something was lost on it all the same is seen from the counts, of which an entity
    /// of an earlier version says none: then a new connection makes up for it.
    /// </summary>
    public sealed record Heartbeat(Guid Connection) : IWireMessage
    {
        /// <summary>How many calls of this connection the entity has heard.</summary>
        public long? Heard { get; init; }

        /// <summary>How many messages it has said on it before, heartbeats not counted.</summary>
        public long? Said { get; init; }
    }
}
