using System.Collections.Immutable;
using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Cli.Nodes;

/// <summary>What a node is started with.</summary>
/// <param name="Directory">Its data directory.</param>
/// <param name="Agents">One agent each.</param>
internal sealed record NodePlan(
    string Directory, LoadedSettings Loaded, ClusterSettings Settings, ImmutableArray<AgentSpec> Agents)
{
    /// <summary>When the node ends, however it ends, its tasks are killed; else they run on.</summary>
    public bool TasksEndWithNode { get; init; }
}
