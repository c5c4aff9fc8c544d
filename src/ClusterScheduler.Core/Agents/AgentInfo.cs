using System.Collections.Immutable;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Agents;

/// <summary>What an agent says of its machine when it registers (Mesos: SlaveInfo).</summary>
/// <param name="Hostname">How users know the machine; also the attribute <c>host</c> of constraints.</param>
/// <param name="Resources">All that it offers to tasks.</param>
/// <param name="Attributes">Facts about the machine, for constraints; several may share a name.</param>
public sealed record AgentInfo(string Hostname, ResourceSet Resources, ImmutableArray<AgentAttribute> Attributes)
{
    /// <summary>Where the machine stands; none: unknown, which counts as the master's own region.</summary>
    public AgentDomain? Domain { get; init; }

    /// <summary>Same machine facts, compared by content.</summary>
    public bool Equals(AgentInfo? other) => other is not null && Hostname == other.Hostname
        && Resources.Equals(other.Resources) && Attributes.AsSpan().SequenceEqual(other.Attributes.AsSpan())
        && Domain == other.Domain;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Hostname, Resources);
}

/// <summary>One fact about a machine, such as <c>rack</c> = <c>r7</c>.</summary>
/// <param name="Name">Not empty.</param>
/// <param name="Value">Text; compared byte by byte.</param>
public readonly record struct AgentAttribute(string Name, string Value);
