using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Allocation;

/// <summary>What a framework uses at an agent that is added.</summary>
/// <param name="Framework">A framework that was added before, perhaps as inactive.</param>
/// <param name="Role">In which role; it need not be subscribed to it any more.</param>
/// <param name="Resources">What its tasks, executors and operations use.</param>
public sealed record AgentUse(FrameworkId Framework, RoleName Role, ResourceSet Resources);
