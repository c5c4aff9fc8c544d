using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Offers;

/// <summary>One part of a transaction: tasks for one agent.</summary>
/// <param name="AgentId">Where; each agent at most once in a transaction.</param>
/// <param name="Version">The version of the agent on which the choice is based.</param>
/// <param name="Tasks">At least one; together within what was free then.</param>
public sealed record AgentPlacement(AgentId AgentId, AgentVersion Version, ImmutableArray<TaskInfo> Tasks)
{
    /// <summary>What the tasks use together.</summary>
    public ResourceSet Claimed() =>
        Tasks.Aggregate(ResourceSet.Empty, static (sum, task) => sum + task.Resources);
}
