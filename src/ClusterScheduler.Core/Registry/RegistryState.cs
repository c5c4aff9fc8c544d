using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Maintenance;
using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Registry;

/// <summary>
/// What the master must never forget (Mesos: the registry): who is admitted. Offers, allocations and shares are not
/// here; they are rebuilt from what agents report.
/// </summary>
/// <param name="ClusterId">Made by the first master; the beginning of every id it gives out.</param>
/// <param name="Epoch">The master in office.</param>
/// <param name="NextAgent">Numbers the agents.</param>
/// <param name="Agents">All agents ever admitted and not pruned.</param>
/// <param name="Incarnations">Who asked for each agent's first admission, by its process.</param>
/// <param name="Frameworks">All frameworks ever admitted and not pruned.</param>
public sealed record RegistryState(
    string ClusterId,
    MasterEpoch Epoch,
    long NextAgent,
    ImmutableSortedDictionary<AgentId, AdmittedAgent> Agents,
    ImmutableDictionary<Guid, AgentId> Incarnations,
    ImmutableSortedDictionary<FrameworkId, AdmittedFramework> Frameworks)
{
    /// <summary>Weights of the roles that have another than 1.</summary>
    public ImmutableSortedDictionary<RoleName, double> Weights { get; init; } =
        ImmutableSortedDictionary<RoleName, double>.Empty;

    /// <summary>Quota of the roles that have some.</summary>
    public ImmutableSortedDictionary<RoleName, Quota> Quotas { get; init; } =
        ImmutableSortedDictionary<RoleName, Quota>.Empty;

    /// <summary>Machines that are in the schedule of maintenance, by host name.</summary>
    public ImmutableSortedDictionary<string, MachineMaintenance> Machines { get; init; } =
        ImmutableSortedDictionary.Create<string, MachineMaintenance>(StringComparer.Ordinal);

    /// <summary>Before the first master.</summary>
    public static RegistryState Empty { get; } = new("", MasterEpoch.None, 0,
        ImmutableSortedDictionary<AgentId, AdmittedAgent>.Empty,
        ImmutableDictionary<Guid, AgentId>.Empty,
        ImmutableSortedDictionary<FrameworkId, AdmittedFramework>.Empty);
}

/// <summary>An agent that the cluster knows.</summary>
/// <param name="Info">As it registered last.</param>
/// <param name="Standing">Whether it is expected, out of reach, or gone for good.</param>
/// <param name="Since">Since when it stands so.</param>
public sealed record AdmittedAgent(AgentInfo Info, RegisteredStanding Standing, DateTimeOffset Since)
{
    /// <summary>Every framework has noted that it is lost, gone or back; a later master need not say it.</summary>
    public bool Announced { get; init; } = true;

    /// <summary>What operations made of its resources: dynamic reservations and volumes.</summary>
    public ResourceSet Made { get; init; }

    /// <summary>All that it has, with what operations made of it.</summary>
    public ResourceSet Total => Info.Resources.SubtractWhatIsThere(OperationRules.BaseOf(Made)) + Made;
}

/// <summary>What is stored of an agent's standing.</summary>
public enum RegisteredStanding
{
    /// <summary>Never admitted, or forgotten.</summary>
    Unknown,

    /// <summary>Admitted, and not declared otherwise.</summary>
    Admitted,

    /// <summary>It missed its pings; it may come back.</summary>
    Unreachable,

    /// <summary>An operator declared it gone; it may not come back under this id.</summary>
    Gone,
}

/// <summary>A framework that the cluster knows.</summary>
/// <param name="Info">As it registered last.</param>
/// <param name="Removed">Why it ended; none while it lives.</param>
/// <param name="Since">When it was admitted, or removed.</param>
public sealed record AdmittedFramework(FrameworkInfo Info, string? Removed, DateTimeOffset Since);
