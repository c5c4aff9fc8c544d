using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// A request to give back what a framework uses at an agent before the agent goes away (Mesos: InverseOffer).
/// </summary>
/// <param name="Framework">Who is asked.</param>
/// <param name="Agent">Which agent goes away.</param>
/// <param name="Unavailability">When, and for how long.</param>
/// <param name="Resources">What the framework uses there, in all its roles.</param>
public sealed record InverseAllocation(
    FrameworkId Framework, AgentId Agent, Unavailability Unavailability, ResourceSet Resources);
