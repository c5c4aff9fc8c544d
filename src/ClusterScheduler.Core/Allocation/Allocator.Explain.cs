namespace ClusterScheduler.Core.Allocation;

/// <summary>What explanations are made of.</summary>
public sealed partial class Allocator
{
    private RuleSet RulesEverywhere(ClientState client, DateTimeOffset now) => default(RuleSet)
        .With(OfferRule.AgentsAwaited, IsAwaitingAgents(now))
        .With(OfferRule.FrameworkInactive, !client.Framework.IsActive || !client.IsSubscribed)
        .With(OfferRule.Suppressed, client.IsSuppressed);

    private QuotaRoom RoomOf(RoleNode role)
    {
        var limits = RoleTree.WithinLimits(role, out var fills);
        return new QuotaRoom(tree.HasQuota, limits, tree.WithinHeadroom(available, fills));
    }

    /// <summary>What other roles are guaranteed and lack.</summary>
    private List<KeptView> Lacking(RoleNode role) =>
    [
        .. tree.Roles.Where(other => other.HasSlack && !role.Role.IsWithin(other.Role))
            .Select(other => new KeptView(other.Role, names.ToResources(RoleTree.Kept(other)))),
    ];

    /// <summary>Of what other roles lack, what the demand asks for.</summary>
    private static IReadOnlyList<KeptView> KeptFrom(WhyTally tally, List<KeptView> lacking) =>
        !tally.IsAnyRuledOutBy(OfferRule.Headroom)
            ? []
            :
            [
                .. lacking.Select(kept => kept with
                    {
                        Amounts = kept.Amounts.Where(item => tally.Demand.Asks(item.Key.Name)),
                    })
                    .Where(static kept => !kept.Amounts.IsEmpty)
                    .Take(WhyAnswer.ListedMax),
            ];

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

    private static List<ClientState> First(ShareOrder clients, int most)
    {
        var first = new List<ClientState>();
        for (var page = 0; page < clients.PageCount; page++)
        {
            foreach (ref readonly var entry in clients[page])
            {
                if (first.Count == most)
                {
                    return first;
                }

                first.Add((ClientState)clients[entry]);
            }
        }

        return first;
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
