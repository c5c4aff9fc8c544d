using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Allocation;

/// <summary>Explanations, computed when asked, by the predicates that decide. They change nothing.</summary>
public sealed partial class Allocator
{
    /// <summary>Why the framework gets no offer in the role, or none that holds the demand.</summary>
    /// <param name="id">The framework.</param>
    /// <param name="role">One of its roles.</param>
    /// <param name="demand">What a task needs; empty to ask about any offer.</param>
    /// <param name="now">Filters that ended until now do not count.</param>
    /// <returns>Null when the framework is not known, or not in the role.</returns>
    public WhyAnswer? Why(FrameworkId id, RoleName role, ResourceSet demand, DateTimeOffset now)
    {
        if (!frameworks.TryGetValue(id, out var framework) || !framework.Clients.TryGetValue(role, out var client))
        {
            return null;
        }

        RefreshShares();
        var limits = RoleTree.WithinLimits(client.Leaf.Role, out _);
        var allowed = tree.Allowed(client.Leaf.Role, available);
        var ruledOut = new SortedDictionary<OfferRule, int>();
        var nearest = new PriorityQueue<NearAgent, (double, int, int)>();
        var filters = new PriorityQueue<FilterView, long>();
        var filterCount = 0;
        foreach (var agent in agents.InOrder())
        {
            var rule = RuleAgainst(agent, client, limits, allowed, demand, now.UtcTicks, out var offerable);
            ruledOut[rule] = ruledOut.GetValueOrDefault(rule) + 1;
            var distance = Distance(demand, offerable);
            var closeness = rule == OfferRule.None ? int.MaxValue : (int)rule;
            if (IsKept(nearest, (-distance, closeness, -agent.Rank)))
            {
                var near = new NearAgent(agent.Profile.Id, rule, offerable, Missing(demand, offerable));
                Keep(nearest, (-distance, closeness, -agent.Rank), near);
            }

            foreach (var (refused, expiry) in agent.Filters.Of(client.FilterNumber, now.UtcTicks))
            {
                filterCount++;
                if (IsKept(filters, -expiry))
                {
                    var until = new DateTimeOffset(expiry, TimeSpan.Zero);
                    Keep(filters, -expiry, new FilterView(agent.Profile.Id, refused, until));
                }
            }
        }

        var quota = QuotaAbove(client.Leaf.Role);
        return new WhyAnswer(
            id,
            role,
            demand,
            agents.Count,
            ruledOut,
            Drain(nearest),
            PositionOf(client),
            quota,
            Drain(filters),
            filterCount);
    }

    /// <summary><see cref="Why"/> for every role of a framework, about any offer.</summary>
    public IReadOnlyList<WhyAnswer> WhyFramework(FrameworkId id, DateTimeOffset now) =>
        frameworks.TryGetValue(id, out var framework)
            ? [.. framework.Clients.Keys.Select(role => Why(id, role, default, now)!)]
            : [];

    /// <summary>The place of a role at every level, its quota path, and its frameworks in order.</summary>
    /// <returns>Null when nothing is known of the role.</returns>
    public WhyRoleAnswer? WhyRole(RoleName role)
    {
        if (tree.Find(role) is not { } node)
        {
            return null;
        }

        RefreshShares();
        var clients = frameworks.Values.SelectMany(f => f.Clients.Values).Where(c => c.Leaf == node.Leaf)
            .OrderBy(c => c.IsFiled ? PlaceIn(node.Leaf.Clients, c) : int.MaxValue)
            .ThenBy(c => c.Framework.Profile.Id).Select(View);
        var allowed = Quantities.Min(tree.Allowed(node, available), available);
        return new WhyRoleAnswer(
            View(node), PathPositions(node), QuotaAbove(node), names.ToResources(allowed), [.. clients]);
    }
}
