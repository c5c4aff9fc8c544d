using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>An agent at which a role could take something.</summary>
/// <param name="Profile">Its facts.</param>
/// <param name="Version">For transactions.</param>
/// <param name="Free">What the role could take there, if it took nothing elsewhere.</param>
public sealed record FreeAgentView(AgentProfile Profile, long Version, ResourceSet Free);
