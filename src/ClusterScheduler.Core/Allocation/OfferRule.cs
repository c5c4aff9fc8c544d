namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// The rules that can keep resources of an agent from a framework, in the order in which they are asked. On the wire
/// they go by name, so they may be moved.
/// </summary>
public enum OfferRule
{
    /// <summary>No rule keeps it: it would be offered.</summary>
    None,

    /// <summary>After a failover nothing is offered before most agents are back.</summary>
    AgentsAwaited,

    /// <summary>The framework is disconnected.</summary>
    FrameworkInactive,

    /// <summary>The framework asked for no offers in the role.</summary>
    Suppressed,

    /// <summary>The agent is deactivated, draining or not back yet.</summary>
    AgentInactive,

    /// <summary>The agent cannot handle frameworks with several roles.</summary>
    AgentLacksMultiRole,

    /// <summary>The agent cannot handle roles with a slash.</summary>
    AgentLacksHierarchicalRole,

    /// <summary>The agent has GPUs and the framework lacks GPU_RESOURCES.</summary>
    Gpu,

    /// <summary>The agent is in another region and the framework lacks REGION_AWARE.</summary>
    Region,

    /// <summary>The framework's offer constraints exclude the agent.</summary>
    Constraints,

    /// <summary>Nothing is free at the agent.</summary>
    NothingFree,

    /// <summary>
    /// Everything free is reserved to other roles, or of a kind that the framework does not understand.
    /// </summary>
    NotForThisRole,

    /// <summary>A limit of the role, or of one above it, leaves no room.</summary>
    QuotaLimit,

    /// <summary>What is free is kept for guarantees of other roles.</summary>
    Headroom,

    /// <summary>What is free for the role is below the smallest offer.</summary>
    BelowMinimum,

    /// <summary>The framework declined at least this much of the agent, and the filter lasts.</summary>
    Filtered,

    /// <summary>What is free for the role does not hold the demand that was asked about.</summary>
    TooSmall,
}
