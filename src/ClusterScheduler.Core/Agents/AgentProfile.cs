using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Agents;

/// <summary>What the allocator must know of an agent to decide who may be offered it.</summary>
/// <param name="Id">The agent.</param>
/// <param name="Total">Everything it has, reserved, revocable and shared resources included.</param>
public sealed record AgentProfile(AgentId Id, ResourceSet Total)
{
    /// <summary>Name of the machine, for offer constraints and people.</summary>
    public string Hostname { get; init; } = "";

    /// <summary>Facts such as rack or kernel, in the order reported; the first of a name counts.</summary>
    public IReadOnlyList<AgentAttribute> Attributes { get; init; } = [];

    /// <summary>Where it stands; null when unknown, which counts as the master's own region.</summary>
    public AgentDomain? Domain { get; init; }

    /// <summary>What it can handle.</summary>
    public AgentCapabilities Capabilities { get; init; } = AgentCapabilities.All;

    /// <summary>Its planned maintenance, if any.</summary>
    public Unavailability? Unavailability { get; init; }
}
