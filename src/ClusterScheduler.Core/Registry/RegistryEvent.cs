using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Decisions;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Maintenance;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Registry;

/// <summary>What the master stores.</summary>
public abstract record RegistryEvent(DateTimeOffset At) : IStoredEvent
{
    /// <summary>
    /// A master took office. It is the first thing that it writes; that the write succeeds proves that no later
    /// master has written.
    /// </summary>
    public sealed record MasterElected(string ClusterId, MasterEpoch Epoch, DateTimeOffset At) : RegistryEvent(At);

    /// <summary>An agent joined, came back after it was unreachable, or described itself anew.</summary>
    /// <param name="Incarnation">The start of the agent's process that asked.</param>
    public sealed record AgentAdmitted(AgentId AgentId, AgentInfo Info, Guid Incarnation, DateTimeOffset At)
        : RegistryEvent(At);

    /// <summary>An agent missed its pings.</summary>
    public sealed record AgentMarkedUnreachable(AgentId AgentId, DateTimeOffset At) : RegistryEvent(At);

    /// <summary>An operator declared an agent gone.</summary>
    public sealed record AgentMarkedGone(AgentId AgentId, DateTimeOffset At) : RegistryEvent(At);

    /// <summary>Every framework has noted that these agents are lost, gone or back.</summary>
    public sealed record AgentsAnnounced(ImmutableArray<AgentId> AgentIds, DateTimeOffset At) : RegistryEvent(At);

    /// <summary>Agents that were declared gone long ago are no longer listed; they still may not come back.</summary>
    public sealed record AgentsForgotten(ImmutableArray<AgentId> AgentIds, DateTimeOffset At) : RegistryEvent(At);

    /// <summary>Frameworks that ended long ago are no longer listed.</summary>
    public sealed record FrameworksForgotten(ImmutableArray<FrameworkId> FrameworkIds, DateTimeOffset At)
        : RegistryEvent(At);

    /// <summary>A framework joined, or described itself anew.</summary>
    public sealed record FrameworkAdmitted(FrameworkId FrameworkId, FrameworkInfo Info, DateTimeOffset At)
        : RegistryEvent(At);

    /// <summary>A framework ended.</summary>
    public sealed record FrameworkRemoved(FrameworkId FrameworkId, string Why, DateTimeOffset At)
        : RegistryEvent(At);

    /// <summary>Operations made other resources of an agent's, in this order.</summary>
    public sealed record AgentResourcesConverted(
        AgentId AgentId, ImmutableArray<ResourceConversion> Conversions, DateTimeOffset At) : RegistryEvent(At);

    /// <summary>An operator gave roles weights; the other roles keep theirs.</summary>
    public sealed record WeightsSet(ImmutableArray<RoleWeight> Weights, DateTimeOffset At) : RegistryEvent(At);

    /// <summary>The schedule of maintenance, whole; machines that are down stay so.</summary>
    public sealed record MaintenanceScheduled(ImmutableArray<MaintenanceWindow> Windows, DateTimeOffset At)
        : RegistryEvent(At);

    /// <summary>Machines of the schedule are down: their agents are not admitted.</summary>
    public sealed record MaintenanceStarted(ImmutableArray<string> Machines, DateTimeOffset At) : RegistryEvent(At);

    /// <summary>Machines are up again, and no longer in the schedule.</summary>
    public sealed record MaintenanceStopped(ImmutableArray<string> Machines, DateTimeOffset At) : RegistryEvent(At);

    /// <summary>An operator changed quota; the other roles keep theirs.</summary>
    public sealed record QuotaSet(ImmutableArray<QuotaConfig> Configs, DateTimeOffset At) : RegistryEvent(At);
}
