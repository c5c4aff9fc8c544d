using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>What explanations are made of.</summary>
public sealed partial class Allocator
{
    /// <summary>
    /// The first rule that keeps the agent from the client; what it could have is set as far as rules let it.
    /// </summary>
    private OfferRule RuleAgainst(
        AgentState agent,
        ClientState client,
        in Quantities limits,
        in Quantities allowed,
        in ResourceSet demand,
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
        var uncut = tree.HasQuota ? PartWithin(agent, client, Quantities.NoLimit) : offerable;
        if (!IsWorth(offerable, client))
        {
            return uncut.IsEmpty ? OfferRule.NotForThisRole
                : !IsWorth(uncut, client) ? OfferRule.BelowMinimum
                : IsWorth(PartWithin(agent, client, limits), client) ? OfferRule.Headroom
                : OfferRule.QuotaLimit;
        }

        offerable = agent.Shared.IsEmpty ? offerable : offerable + SharedFor(client, agent);
        foreach (var (refused, _) in agent.Filters.Of(client.FilterNumber, now))
        {
            if (refused.Contains(offerable))
            {
                return OfferRule.Filtered;
            }
        }

        return Distance(demand, offerable) == 0 ? OfferRule.None
            : Distance(demand, uncut) > 0 ? OfferRule.TooSmall
            : Distance(demand, PartWithin(agent, client, limits)) == 0 ? OfferRule.Headroom
            : OfferRule.QuotaLimit;
    }

    private ResourceSet PartWithin(AgentState agent, ClientState client, in Quantities allowed) =>
        OfferRules.Understood(
            OfferRules.ForRole(agent.Free, client.Leaf.Role.Role, allowed, names), client.Framework);

    private bool IsWorth(in ResourceSet offer, ClientState client) =>
        !offer.IsEmpty && OfferRules.IsWorthOffering(names.All(offer), client.Minimum);

    // Sum over names of the missing part, each between 0 and 1, so that cpus and mem weigh alike.
    private double Distance(in ResourceSet demand, in ResourceSet offerable)
    {
        var (wanted, there) = (names.All(demand), names.All(offerable));
        double distance = 0;
        for (var number = 0; number < names.Count; number++)
        {
            distance += wanted[number] > there[number]
                ? (wanted[number] - there[number]) / (double)wanted[number]
                : 0;
        }

        return demand.IsPlain
            ? distance
            : distance + Missing(demand, offerable).Items.Count(item => item.Key.Kind != ResourceKind.Scalar);
    }

    // A demand is met by any mixture of reserved and unreserved resources of a name.
    private static ResourceSet Missing(in ResourceSet demand, ResourceSet offerable) =>
        demand.IsEmpty ? demand : ResourceSet.Of(demand.Items.Select(item => item.Key.Kind switch
        {
            ResourceKind.Scalar => item with
            {
                Amount = offerable.Get(item.Key.Name) >= item.Amount
                    ? Scalar.Zero
                    : item.Amount - offerable.Get(item.Key.Name),
            },
            ResourceKind.Ranges => item with { Ranges = item.Ranges!.Subtract(offerable.GetRanges(item.Key.Name)) },
            _ => item with { Names = item.Names!.Subtract(offerable.GetNames(item.Key.Name)) },
        }));

    // The queue gives up its smallest first, so the worst kept is at its head.
    private static bool IsKept<TItem, TPriority>(PriorityQueue<TItem, TPriority> queue, TPriority priority) =>
        queue.Count < WhyAnswer.ListedMax
        || (queue.TryPeek(out _, out var worst) && Comparer<TPriority>.Default.Compare(priority, worst) > 0);

    private static void Keep<TItem, TPriority>(
        PriorityQueue<TItem, TPriority> queue, TPriority priority, TItem item)
    {
        queue.Enqueue(item, priority);
        if (queue.Count > WhyAnswer.ListedMax)
        {
            queue.Dequeue();
        }
    }

    private static List<TItem> Drain<TItem, TPriority>(PriorityQueue<TItem, TPriority> queue)
    {
        var items = new List<TItem>(queue.Count);
        while (queue.TryDequeue(out var item, out _))
        {
            items.Add(item);
        }

        items.Reverse();
        return items;
    }

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
                if (entry.Unit == unit)
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
