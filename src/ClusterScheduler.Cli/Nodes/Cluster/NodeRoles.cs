using System.Collections.Immutable;
using ClusterScheduler.Runtime.Entities;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>What a node is for.</summary>
internal sealed record NodeRoles(ImmutableArray<string> Names)
{
    public bool Master => Names.Contains(ClusterNames.MasterRole);

    public bool Framework => Names.Contains(ClusterNames.FrameworkRole);

    public bool Agent => Names.Contains(ClusterNames.AgentRole);

    public bool Gateway => Names.Contains(ClusterNames.GatewayRole);

    /// <summary>Only these write to the store, and need to reach it.</summary>
    public bool NeedsStore => Master || Framework;

    /// <param name="text">Names with commas between them.</param>
    /// <param name="roles">In the order of <see cref="ClusterNames.Roles"/>.</param>
    /// <param name="problem">What is wrong, and what would be right; none when nothing is.</param>
    public static bool TryParse(string text, out NodeRoles roles, out string? problem)
    {
        var said = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var unknown = said.Except(ClusterNames.Roles, StringComparer.Ordinal).FirstOrDefault();
        roles = new NodeRoles([.. ClusterNames.Roles.Where(role => said.Contains(role))]);
        problem = unknown is not null ? $"there is no role '{unknown}'"
            : roles.Names.IsEmpty ? "a node needs at least one role"
            : null;
        problem = problem is null ? null : $"{problem}; roles are {string.Join(", ", ClusterNames.Roles)}";
        return problem is null;
    }

    public override string ToString() => string.Join(", ", Names);
}
