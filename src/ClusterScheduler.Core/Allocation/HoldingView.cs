using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Allocation;

/// <summary>What a framework holds at an agent in one role.</summary>
/// <param name="Framework">The framework.</param>
/// <param name="Role">The role.</param>
/// <param name="Offered">In offers that have not ended.</param>
/// <param name="Used">By tasks, executors and operations.</param>
/// <param name="OfferedSince">When the oldest of these offers was made; null without any.</param>
public sealed record HoldingView(
    FrameworkId Framework, RoleName Role, ResourceSet Offered, ResourceSet Used, DateTimeOffset? OfferedSince);
