using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>The cluster's sums.</summary>
/// <param name="Total">Of all agents, active or not.</param>
/// <param name="Available">Free, unreserved, not revocable, on active agents.</param>
/// <param name="RequiredHeadroom">The part of it that is kept for unmet guarantees.</param>
public sealed record ClusterView(ResourceSet Total, ResourceSet Available, ResourceSet RequiredHeadroom);
