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
    public WhyAnswer? Why(FrameworkId id, RoleName role, ResourceSet demand, DateTimeOffset now) =>
        WhyEach(id, role, [demand], now) is [var answer] ? answer : null;

    /// <summary>Several demands of one framework in one role, answered in one pass over the agents.</summary>
    /// <param name="id">The framework.</param>
    /// <param name="role">One of its roles.</param>
    /// <param name="demands">What tasks need.</param>
    /// <param name="now">Filters that ended until now do not count.</param>
    /// <returns>An answer a demand, in their order; empty when the framework is unknown, or not in the role.</returns>
    public IReadOnlyList<WhyAnswer> WhyEach(
        FrameworkId id, RoleName role, IReadOnlyList<ResourceSet> demands, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(demands);
        if (!frameworks.TryGetValue(id, out var framework) || !framework.Clients.TryGetValue(role, out var client))
        {
            return [];
        }

        RefreshShares();
        var node = client.Leaf.Role;
        var room = RoomOf(node);
        var view = new FreeView(client, room, names);
        var pass = new WhyPass(client, room, RulesEverywhere(client, now), Settings.FilterGpuResources, view,
            now.UtcTicks, [.. demands.Select(demand => new Demand(demand, names))]);
        pass.See(agents.InOrder());
        var (position, quota, filters) = (PositionOf(client), QuotaAbove(node), pass.Filters());
        var lacking = Lacking(node);
        return [.. pass.Tallies.Select(tally => new WhyAnswer(
            id, role, tally.Demand.Resources, agents.Count, tally.RuledOut, tally.Nearest(view), position, quota,
            filters, pass.FilterCount)
        {
            First = tally.First,
            KeptFor = KeptFrom(tally, lacking),
        })];
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
        var clients = First(node.Leaf.Clients, WhyRoleAnswer.FrameworksMax);
        if (clients.Count < WhyRoleAnswer.FrameworksMax)
        {
            clients.AddRange(frameworks.Values.Select(framework => framework.Clients.GetValueOrDefault(role))
                .OfType<ClientState>().Where(static client => !client.IsFiled)
                .OrderBy(static client => client.Framework.Profile.Id)
                .Take(WhyRoleAnswer.FrameworksMax - clients.Count));
        }

        var allowed = Quantities.Min(tree.Allowed(node, available), available);
        return new WhyRoleAnswer(
            View(node), PathPositions(node), QuotaAbove(node), names.ToResources(allowed), [.. clients.Select(View)],
            node.Leaf.Members);
    }
}
