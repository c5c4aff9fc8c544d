using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>An agent as it is accounted for.</summary>
/// <param name="Profile">Its facts and total.</param>
/// <param name="IsActive">Whether it may be offered.</param>
/// <param name="Version">For optimistic transactions.</param>
/// <param name="Free">What nobody holds, without shared volumes.</param>
/// <param name="Holdings">Who holds what, by framework and role.</param>
public sealed record AgentView(
    AgentProfile Profile, bool IsActive, long Version, ResourceSet Free, IReadOnlyList<HoldingView> Holdings);
