namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// The rules that can keep resources of an agent from a framework, in the order in which they are asked.
/// </summary>
public enum OfferRule
{
    /// <summary>No rule keeps it: it would be offered.</summary>
    None,

    /// <summary>The framework is disconnected.</summary>
    FrameworkInactive,

    /// <summary>The framework asked for no offers in the role.</summary>
    Suppressed,

    /// <summary>The agent is deactivated, draining or not back yet.</summary>
    AgentInactive,

    /// <summary>Nothing is free at the agent.</summary>
    NothingFree,

    /// <summary>
    /// Everything free is reserved to other roles, or of a kind that the framework does not understand.
    /// </summary>
    NotForThisRole,

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

    /// <summary>A limit of the role, or of one above it, leaves no room.</summary>
    QuotaLimit,

    /// <summary>What is free is kept for guarantees of other roles.</summary>
    Headroom,

    /// <summary>What remains is below the smallest offer.</summary>
    BelowMinimum,

    /// <summary>The framework declined at least this much of the agent, and the filter lasts.</summary>
    Filtered,

    /// <summary>The agent fits the rules, but not the demand that was asked about.</summary>
    TooSmall,
}
