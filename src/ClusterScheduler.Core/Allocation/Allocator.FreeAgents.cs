using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Allocation;

/// <summary>What a framework may see of the cluster before a transaction: no more than it could be offered.</summary>
public sealed partial class Allocator
{
    /// <summary>
    /// Active agents that suit the framework and where its role could take something now, in the order of their ids.
    /// Filters, least sizes, suppression and turn do not count, as they do not for transactions.
    /// </summary>
    /// <param name="framework">Connected, and in the role; else nothing is shown.</param>
    /// <param name="role">In which role.</param>
    /// <param name="least">What must be free at the least; empty: anything.</param>
    /// <param name="after">Only agents after this one.</param>
    /// <param name="most">At most so many, 1 or more.</param>
    /// <param name="now">While agents are awaited after a failover nothing is shown.</param>
    public IReadOnlyList<FreeAgentView> ViewFreeAgents(
        FrameworkId framework, RoleName role, ResourceSet least, AgentId? after, int most, DateTimeOffset now)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        if (!frameworks.TryGetValue(framework, out var known) || !known.IsActive
            || !known.Clients.TryGetValue(role, out var client) || !client.IsSubscribed || IsAwaitingAgents(now))
        {
            return [];
        }

        var views = new List<FreeAgentView>();
        var demand = new Demand(least, names);
        var allowed = tree.Allowed(client.Leaf.Role, available);
        foreach (var agent in agents.InOrder())
        {
            if (views.Count == most)
            {
                break;
            }

            var suits = agent.IsActive && (after is null || agent.Profile.Id.CompareTo(after.Value) > 0)
                && OfferRules.Admits(agent, client, Settings.FilterGpuResources) == OfferRule.None;
            var free = suits ? OfferRules.PartOf(agent, client, allowed, names) : ResourceSet.Empty;
            if (!agent.Shared.IsEmpty && suits)
            {
                free += OfferRules.SharedFor(client, agent);
            }

            if (!free.IsEmpty && demand.IsHeldBy(free, names.All(free)))
            {
                views.Add(new FreeAgentView(agent.Profile, agent.Version, free));
            }
        }

        return views;
    }
}
