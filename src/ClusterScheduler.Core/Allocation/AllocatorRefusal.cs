using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Allocation;

/// <summary>Why the allocator refused a call. A refused call changed nothing.</summary>
public enum AllocatorFault
{
    /// <summary>No such agent.</summary>
    UnknownAgent,

    /// <summary>No such framework.</summary>
    UnknownFramework,

    /// <summary>The agent was added before.</summary>
    DoubleAgent,

    /// <summary>The framework was added before.</summary>
    DoubleFramework,

    /// <summary>The framework names no role.</summary>
    NoRole,

    /// <summary>The framework names a role twice.</summary>
    DoubleRole,

    /// <summary>More than one role needs MULTI_ROLE.</summary>
    MultiRoleNeeded,

    /// <summary>The framework is not subscribed to the role, and holds nothing in it.</summary>
    NotSubscribed,

    /// <summary>More is taken back or accepted than is offered to the framework in the role at the agent.</summary>
    NotOffered,

    /// <summary>More is taken back than the framework uses in the role at the agent.</summary>
    NotUsed,

    /// <summary>Resources to be changed are not free at the agent.</summary>
    NotFree,

    /// <summary>A change of resources does not keep the amounts.</summary>
    AmountsDiffer,

    /// <summary>
    /// Something is reserved to a role that the claimer's is not within, or of a kind that the framework does not
    /// understand.
    /// </summary>
    NotOfferableToRole,

    /// <summary>The weight is NaN, infinite, zero or negative.</summary>
    WeightNotPositive,

    /// <summary>More agents than the settings allow.</summary>
    TooManyAgents,

    /// <summary>More frameworks than the settings allow.</summary>
    TooManyFrameworks,

    /// <summary>More roles than the settings allow.</summary>
    TooManyRoles,

    /// <summary>More names of custom resources than the settings allow.</summary>
    TooManyResourceNames,

    /// <summary>The cluster's total would leave the range in which sums are exact.</summary>
    TotalTooLarge,

    /// <summary>One agent's own amounts, or those used of it, are beyond that range.</summary>
    AgentTooLarge,

    /// <summary>The transaction has no placements.</summary>
    EmptyTransaction,

    /// <summary>The agent changed after the framework looked.</summary>
    VersionConflict,

    /// <summary>The agent may not be offered to the framework.</summary>
    AgentRuledOut,

    /// <summary>Quota does not leave room.</summary>
    QuotaExceeded,

    /// <summary>An amount is below zero.</summary>
    NegativeAmount,

    /// <summary>Two parts of an agent's total have the same ports, or other numbers or texts.</summary>
    PartsOverlap,

    /// <summary>More room is released for a role than is held for it.</summary>
    RoomNotHeld,

    /// <summary>The agent is not between two sessions, so that it cannot return.</summary>
    AgentPresent,

    /// <summary>The framework's scheduler is not connected.</summary>
    FrameworkInactive,

    /// <summary>The weight is below the least or above the most that a role can have.</summary>
    WeightOutOfRange,

    /// <summary>A time is below zero.</summary>
    NegativeTime,
}

/// <summary>A refusal with its facts; those that do not apply are null or empty.</summary>
/// <param name="Fault">Why.</param>
/// <param name="Agent">The agent it is about.</param>
/// <param name="Framework">The framework it is about.</param>
/// <param name="Role">The role it is about.</param>
/// <param name="Asked">What was asked for.</param>
/// <param name="Held">What there was instead.</param>
/// <param name="Version">The agent's version now, for a conflict.</param>
/// <param name="Rule">Which rule, where an agent is ruled out.</param>
public sealed record AllocatorRefusal(
    AllocatorFault Fault,
    AgentId? Agent = null,
    FrameworkId? Framework = null,
    RoleName? Role = null,
    ResourceSet Asked = default,
    ResourceSet Held = default,
    long? Version = null,
    OfferRule? Rule = null)
{
    /// <summary>Which limit leaves no room for an operation.</summary>
    public LimitBreach? Breach { get; init; }
}
