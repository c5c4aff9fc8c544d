using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Allocation;

/// <summary>A framework's place in one of its roles.</summary>
/// <param name="Framework">The framework.</param>
/// <param name="Role">The role.</param>
/// <param name="IsActive">Connected, subscribed and not suppressed.</param>
/// <param name="DominantShare">Of what it holds, offered or used, in the cluster's total: 0 to 1.</param>
/// <param name="Allocated">What it holds, by amounts.</param>
/// <param name="Allocations">How often it was served.</param>
/// <param name="Agents">At how many agents it holds something.</param>
public sealed record ClientView(
    FrameworkId Framework,
    RoleName Role,
    bool IsActive,
    double DominantShare,
    ResourceSet Allocated,
    long Allocations,
    int Agents);
