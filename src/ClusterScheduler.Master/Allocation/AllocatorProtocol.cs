using System.Collections.Immutable;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Master.Allocation;

/// <summary>
/// Between the master and its allocator, which is its child: never leaves the process, never repeated.
/// </summary>
internal static partial class AllocatorProtocol
{
    /// <summary>An agent can be offered. One that is known is replaced as a whole.</summary>
    internal sealed record AddAgent(
        AgentId AgentId, AgentSession Session, AgentInfo Info, ImmutableArray<Use> Used)
        : INoSerializationVerificationNeeded
    {
        /// <summary>Its planned maintenance.</summary>
        public Unavailability? Unavailability { get; init; }
    }

    /// <summary>To the master: the agent cannot be counted, and is not offered; nothing of it is known here.</summary>
    internal sealed record AgentNotTaken(AgentId AgentId, AgentSession Session, AllocatorRefusal Refusal)
        : INoSerializationVerificationNeeded;

    /// <summary>What a framework already uses of an agent.</summary>
    internal sealed record Use(FrameworkId FrameworkId, string Role, ResourceSet Resources);

    /// <summary>Nothing of the agent is offered until it is back; what its tasks use counts on.</summary>
    internal sealed record DeactivateAgent(AgentId AgentId) : INoSerializationVerificationNeeded;

    /// <summary>An agent is gone from here; all that was allocated of it is forgotten.</summary>
    internal sealed record RemoveAgent(AgentId AgentId) : INoSerializationVerificationNeeded;

    /// <summary>All that an agent lends out from now on, in place of what it did.</summary>
    internal sealed record UpdateRevocable(AgentId AgentId, ResourceSet Revocable) : INoSerializationVerificationNeeded;

    /// <summary>A framework takes part, or described itself anew.</summary>
    internal sealed record AddFramework(
        FrameworkId FrameworkId, FrameworkInfo Info, ImmutableArray<string> SuppressedRoles, Guid Connection)
        : INoSerializationVerificationNeeded;

    /// <summary>To the master: the framework takes no part; one that was known is as it was before.</summary>
    internal sealed record FrameworkNotTaken(FrameworkId FrameworkId, Guid Connection, AllocatorRefusal Refusal)
        : INoSerializationVerificationNeeded;

    /// <summary>A framework's scheduler is gone: no offers, what it uses still counts.</summary>
    internal sealed record DeactivateFramework(FrameworkId FrameworkId) : INoSerializationVerificationNeeded;

    /// <summary>A framework is over.</summary>
    internal sealed record RemoveFramework(FrameworkId FrameworkId) : INoSerializationVerificationNeeded;

    /// <summary>Offered resources are free again, with the filters of whoever declined them.</summary>
    internal sealed record Recover(ImmutableArray<Returned> Offered) : INoSerializationVerificationNeeded;

    /// <summary>Offered resources are used from now on.</summary>
    internal sealed record Consume(FrameworkId FrameworkId, string Role, AgentId AgentId, ResourceSet Resources)
        : INoSerializationVerificationNeeded;

    /// <summary>What a task used is free again.</summary>
    internal sealed record Release(Returned Used) : INoSerializationVerificationNeeded;

    /// <summary>The roles in which a framework wants nothing; revived ones lose their filters.</summary>
    internal sealed record SetDemand(
        FrameworkId FrameworkId, ImmutableArray<string> Suppressed, ImmutableArray<string> Revived)
        : INoSerializationVerificationNeeded;

    /// <summary>What one round gave, to the master.</summary>
    internal sealed record Allocated(ImmutableArray<Grant> Grants) : INoSerializationVerificationNeeded;

    /// <summary>Resources of one agent for one framework in one role.</summary>
    /// <param name="Session">The agent's session for which the allocator computed; else it is stale.</param>
    internal sealed record Grant(
        FrameworkId FrameworkId, string Role, AgentId AgentId, AgentSession Session, ResourceSet Resources);

    /// <summary>The dominant shares. Answered with <see cref="Shares"/>.</summary>
    internal sealed record GetShares : INoSerializationVerificationNeeded;

    /// <summary>Dominant share of each framework, 0 to 1.</summary>
    /// <param name="Held">How each framework treats its offers.</param>
    internal sealed record Shares(
        ImmutableDictionary<FrameworkId, double> OfFrameworks,
        ImmutableDictionary<FrameworkId, HeldOffersView> Held)
        : INoSerializationVerificationNeeded;
}
