using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Allocation;

/// <summary>How a framework treats its offers: who sits on them keeps resources from everyone.</summary>
/// <param name="Framework">The framework.</param>
/// <param name="Agents">At how many agents it has open offers.</param>
/// <param name="Held">What they hold.</param>
/// <param name="OldestSince">When the oldest was made; null without any.</param>
/// <param name="HeldCpuSeconds">Cpus times the seconds they were offered and not answered, so far.</param>
/// <param name="UsedPart">
/// Of the cpus in offers that ended, the part that was accepted: 0 to 1; 1 before any ended.
/// </param>
/// <param name="IsHoarder">Holds more and longer than <see cref="HoardingRule"/> allows.</param>
public sealed record HeldOffersView(
    FrameworkId Framework,
    int Agents,
    ResourceSet Held,
    DateTimeOffset? OldestSince,
    double HeldCpuSeconds,
    double UsedPart,
    bool IsHoarder);

/// <summary>When a framework counts as a hoarder. Both must hold.</summary>
/// <param name="ClusterPart">
/// It holds more than this part of the cluster's cpus or mem in open offers: 0 to 1.
/// </param>
/// <param name="OlderThan">Its oldest open offer is older than this: zero or more.</param>
public sealed record HoardingRule(double ClusterPart, TimeSpan OlderThan)
{
    /// <summary>A tenth of the cluster for more than 30 s; Mesos has no such rule.</summary>
    public static HoardingRule Default { get; } = new(0.1, TimeSpan.FromSeconds(30));
}

/// <summary>Offers of one framework at one agent that are older than the timeout; the master's to rescind.</summary>
/// <param name="Framework">Who holds them.</param>
/// <param name="Role">In which role.</param>
/// <param name="Agent">Where.</param>
/// <param name="Resources">All that is offered to it there.</param>
/// <param name="Since">When the oldest was made.</param>
public sealed record OverdueOffer(
    FrameworkId Framework, RoleName Role, AgentId Agent, ResourceSet Resources, DateTimeOffset Since);
