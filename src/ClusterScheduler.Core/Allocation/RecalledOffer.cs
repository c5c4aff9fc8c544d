using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Allocation;

/// <summary>Open offers of one framework in one role at one agent that are to be rescinded.</summary>
/// <param name="Framework">Who holds them.</param>
/// <param name="Role">In which role.</param>
/// <param name="Agent">Where.</param>
/// <param name="Resources">What they hold together.</param>
public sealed record RecalledOffer(FrameworkId Framework, RoleName Role, AgentId Agent, ResourceSet Resources);
