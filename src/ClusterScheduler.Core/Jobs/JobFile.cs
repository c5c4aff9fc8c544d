using System.Collections.Immutable;

namespace ClusterScheduler.Core.Jobs;

/// <summary>What one job file says: the agents that it wants on one machine, and the jobs.</summary>
/// <param name="Agents">Empty where the file says nothing.</param>
/// <param name="Jobs">At least one; each key once; what <c>after</c> names is among them and without cycles.</param>
public sealed record JobFile(ImmutableArray<AgentSpec> Agents, ImmutableArray<JobSpec> Jobs);
