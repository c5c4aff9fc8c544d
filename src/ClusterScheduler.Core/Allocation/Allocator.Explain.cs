using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>What explanations are made of.</summary>
public sealed partial class Allocator
{
    /// <summary>
    /// The first rule that keeps the agent from the client whatever it asks for; what it could have is set as far as
    /// rules let it.
    /// </summary>
    private OfferRule RuleAgainst(
        AgentState agent,
        ClientState client,
        in Quantities limits,
        in Quantities allowed,
        long now,
        out ResourceSet offerable)
    {
        offerable = ResourceSet.Empty;
        var rule = !client.Framework.IsActive || !client.IsSubscribed ? OfferRule.FrameworkInactive
            : client.IsSuppressed ? OfferRule.Suppressed
            : !agent.IsActive ? OfferRule.AgentInactive
            : OfferRules.Admits(agent, client, Settings.FilterGpuResources);
        if (rule != OfferRule.None)
        {
            return rule;
        }

        if (agent.Free.IsEmpty)
        {
            return OfferRule.NothingFree;
        }

        offerable = PartWithin(agent, client, allowed);
        if (!IsWorth(offerable, client))
        {
            var uncut = tree.HasQuota ? PartWithin(agent, client, Quantities.NoLimit) : offerable;
            return uncut.IsEmpty ? OfferRule.NotForThisRole
                : !IsWorth(uncut, client) ? OfferRule.BelowMinimum
                : IsWorth(PartWithin(agent, client, limits), client) ? OfferRule.Headroom
                : OfferRule.QuotaLimit;
        }

        offerable = agent.Shared.IsEmpty ? offerable : offerable + OfferRules.SharedFor(client, agent);
        foreach (var (refused, _) in agent.Filters?.Of(client.FilterNumber, now) ?? [])
        {
            if (refused.Contains(offerable))
            {
                return OfferRule.Filtered;
            }
        }

        return OfferRule.None;
    }

    /// <summary>The rule that makes the offer smaller than the demand, when no other keeps the agent away.</summary>
    private OfferRule RuleOfSize(
        AgentState agent, ClientState client, in Quantities limits, Demand demand, double distance)
    {
        if (distance == 0)
        {
            return OfferRule.None;
        }

        return !tree.HasQuota || demand.Distance(PartWithin(agent, client, Quantities.NoLimit), names) > 0
            ? OfferRule.TooSmall
            : demand.Distance(PartWithin(agent, client, limits), names) == 0 ? OfferRule.Headroom
            : OfferRule.QuotaLimit;
    }

    private ResourceSet PartWithin(AgentState agent, ClientState client, in Quantities allowed) =>
        OfferRules.Understood(
            OfferRules.ForRole(agent.Free, client.Leaf.Role.Role, allowed, names), client.Framework);

    private bool IsWorth(in ResourceSet offer, ClientState client) =>
        !offer.IsEmpty && client.Minimum.IsReachedBy(names.All(offer), names);

    private static List<OrderPosition> PositionOf(ClientState client)
    {
        var positions = PathPositions(client.Leaf.Role);
        var place = client.IsFiled ? PlaceIn(client.Leaf.Clients, client) : 0;
        positions.Add(new OrderPosition(client.Name, place, client.Leaf.Clients.Count, client.Share));
        return positions;
    }

    private static List<OrderPosition> PathPositions(RoleNode role)
    {
        var positions = new List<OrderPosition>();
        for (var node = role; node.Parent is { } parent; node = parent)
        {
            var place = node.IsFiled ? PlaceIn(parent.Order, node) : 0;
            positions.Insert(0, new OrderPosition(node.Role.Value, place, parent.Order.Count, node.Share));
        }

        return positions;
    }

    private static int PlaceIn(ShareOrder order, ShareUnit unit)
    {
        var place = 0;
        for (var page = 0; page < order.PageCount; page++)
        {
            foreach (ref readonly var entry in order[page])
            {
                place++;
                if (order[entry] == unit)
                {
                    return place;
                }
            }
        }

        return 0;
    }

    private List<RoleView> QuotaAbove(RoleNode role)
    {
        var views = new List<RoleView>();
        for (var node = role; node.Parent is { } parent; node = parent)
        {
            if (node.HasQuota)
            {
                views.Insert(0, View(node));
            }
        }

        return views;
    }
}
