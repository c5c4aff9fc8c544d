using System.Collections.Immutable;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Master.Allocation;

/// <summary>
/// Between the master and its allocator, which is its child: never leaves the process, never repeated.
/// </summary>
internal static class AllocatorProtocol
{
    /// <summary>An agent can be offered. One that is known is replaced as a whole.</summary>
    internal sealed record AddAgent(
        AgentId AgentId, AgentSession Session, AgentInfo Info, ImmutableArray<Use> Used);

    /// <summary>What a framework already uses of an agent.</summary>
    internal sealed record Use(FrameworkId FrameworkId, string Role, ResourceSet Resources);

    /// <summary>An agent can no longer be offered; all that was allocated of it is forgotten.</summary>
    internal sealed record RemoveAgent(AgentId AgentId);

    /// <summary>A framework takes part, or described itself anew.</summary>
    internal sealed record AddFramework(
        FrameworkId FrameworkId, FrameworkInfo Info, ImmutableArray<string> SuppressedRoles);

    /// <summary>A framework's scheduler is gone: no offers, what it uses still counts.</summary>
    internal sealed record DeactivateFramework(FrameworkId FrameworkId);

    /// <summary>A framework is over.</summary>
    internal sealed record RemoveFramework(FrameworkId FrameworkId);

    /// <summary>Offered resources are free again, with the filters of whoever declined them.</summary>
    internal sealed record Recover(ImmutableArray<Returned> Offered);

    /// <summary>Offered resources are used from now on.</summary>
    internal sealed record Consume(FrameworkId FrameworkId, string Role, AgentId AgentId, ResourceSet Resources);

    /// <summary>What a task used is free again.</summary>
    internal sealed record Release(Returned Used);

    /// <summary>The roles in which a framework wants nothing; revived ones lose their filters.</summary>
    internal sealed record SetDemand(
        FrameworkId FrameworkId, ImmutableArray<string> Suppressed, ImmutableArray<string> Revived);

    /// <summary>What one round gave, to the master.</summary>
    internal sealed record Allocated(ImmutableArray<Grant> Grants);

    /// <summary>Resources of one agent for one framework in one role.</summary>
    /// <param name="Session">The agent's session for which the allocator computed; else it is stale.</param>
    internal sealed record Grant(
        FrameworkId FrameworkId, string Role, AgentId AgentId, AgentSession Session, ResourceSet Resources);

    /// <summary>The dominant shares. Answered with <see cref="Shares"/>.</summary>
    internal sealed record GetShares;

    /// <summary>Dominant share of each framework, 0 to 1.</summary>
    internal sealed record Shares(ImmutableDictionary<FrameworkId, double> OfFrameworks);
}
