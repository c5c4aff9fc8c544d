using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Allocation;

/// <summary>Resources of one agent for one framework in one role: the content of one offer.</summary>
/// <param name="Framework">Who is offered them.</param>
/// <param name="Role">For which of its roles.</param>
/// <param name="Agent">Where they are.</param>
/// <param name="Resources">What they are.</param>
/// <param name="AgentVersion">The agent's version after this, for optimistic transactions.</param>
public readonly record struct OfferedResources(
    FrameworkId Framework, RoleName Role, AgentId Agent, ResourceSet Resources, long AgentVersion);
