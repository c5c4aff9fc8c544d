using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>One part of an optimistic transaction: what a framework wants to use at one agent.</summary>
/// <param name="Agent">Where; each agent at most once in a transaction.</param>
/// <param name="AgentVersion">The version of the agent on which the choice is based.</param>
/// <param name="Resources">What it wants, out of what was free then.</param>
public sealed record AgentClaim(AgentId Agent, long AgentVersion, ResourceSet Resources);
