using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>Quota from the definitions, one resource at a time.</summary>
internal sealed partial class NaiveAllocator
{
    private const long Unlimited = 1L << 60;

    // Within a round neither names nor totals change; without this the twin is too slow for many histories.
    private List<string>? scalarNames;
    private ResourceItem[] totalItems = [];

    private static bool CountsForQuota(ResourceItem item) =>
        item.Key is { IsUnreserved: true, IsRevocable: false, Kind: ResourceKind.Scalar };

    private ResourceSet Free(AgentProfile agent)
    {
        var held = ResourceSet.Empty;
        foreach (var (key, holding) in holdings)
        {
            held = key.Item1 == agent.Id ? held + holding.Offered + holding.Used : held;
        }

        return agent.Total.Where(i => !i.Key.IsShared).SubtractWhatIsThere(held.Where(i => !i.Key.IsShared));
    }

    private ResourceSet Total() => agents.Values.Aggregate(
        ResourceSet.Empty, (sum, agent) => sum + agent.Profile.Total.Where(i => !i.Key.IsShared));

    private List<string> ScalarNames() => scalarNames ?? FindScalarNames();

    private List<string> FindScalarNames() => [.. agents.Values.SelectMany(a => a.Profile.Total.Items)
        .Concat(holdings.Values.SelectMany(h => h.Offered.Items.Concat(h.Used.Items)))
        .Where(item => item.Key.Kind == ResourceKind.Scalar).Select(item => item.Key.Name)
        .Distinct().Order(StringComparer.Ordinal)];

    // All reservations to the role and below, used or not, and what is held there unreserved and not revocable.
    private long Consumed(RoleName role, string name) => Reserved(role, name)
        + HeldUnreserved(role, name, h => h.Offered + h.Used) + rooms.GetValueOrDefault((role, name));

    private Scalar VisiblyConsumed(RoleName role, string name) => new(Reserved(role, name)
        + HeldUnreserved(role, name, h => h.Used) + rooms.GetValueOrDefault((role, name)));

    private long Reserved(RoleName role, string name) => agents.Values.SelectMany(a => a.Profile.Total.Items)
        .Where(i => i.Key.Name == name && i.Key is { IsUnreserved: false, IsRevocable: false }
            && i.Key.Reservations.Role.IsWithin(role))
        .Sum(i => i.Amount.Thousandths);

    private long HeldUnreserved(RoleName role, string name, Func<NaiveHolding, ResourceSet> part)
    {
        long sum = 0;
        foreach (var (_, holding) in holdings.Where(h => h.Key.Item3.IsWithin(role)))
        {
            foreach (var item in part(holding).Items)
            {
                sum += item.Key.Name == name && CountsForQuota(item) ? item.Amount.Thousandths : 0;
            }
        }

        return sum;
    }

    private IEnumerable<RoleName> Children(RoleName? parent) =>
        quotas.Keys.Select(role => ChildToward(parent, role)).OfType<RoleName>().Distinct();

    // Never more than the limit still leaves.
    private long Need(RoleName role, string name) =>
        Math.Min(Room(role, name), Math.Max(Unmet(role, name), ChildrenNeed(role, name)));

    private long Room(RoleName role, string name) =>
        quotas.TryGetValue(role, out var quota) && quota.LimitOf(name) is { } limit
            ? Math.Max(0, limit.Thousandths - Consumed(role, name))
            : Unlimited;

    private long ChildrenNeed(RoleName? role, string name) => Children(role).Sum(child => Need(child, name));

    private long Unmet(RoleName role, string name) =>
        quotas.TryGetValue(role, out var quota)
            ? Math.Max(0, quota.GuaranteeOf(name).Thousandths - Consumed(role, name))
            : 0;

    private long Slack(RoleName role, string name) => Math.Max(0, Unmet(role, name) - ChildrenNeed(role, name));

    private long Fills(RoleName role, string name)
    {
        long fills = 0;
        for (RoleName? node = role; node is not null; node = node.Value.Parent)
        {
            fills += Slack(node.Value, name);
        }

        return fills;
    }

    private long Allowed(RoleName role, string name) =>
        Math.Min(WithinLimits(role, name), WithinHeadroom(role, name));

    private long WithinLimits(RoleName role, string name)
    {
        long allowed = Unlimited, fillsBelow = 0;
        for (RoleName? node = quotas.Count == 0 ? null : role; node is not null; node = node.Value.Parent)
        {
            if (quotas.TryGetValue(node.Value, out var quota) && quota.LimitOf(name) is { } limit)
            {
                var room = limit.Thousandths - Consumed(node.Value, name);
                var open = Math.Max(0, room - ChildrenNeed(node.Value, name)) + fillsBelow;
                allowed = Math.Min(allowed, Math.Max(0, Math.Min(room, open)));
            }

            fillsBelow += Slack(node.Value, name);
        }

        return allowed;
    }

    private long WithinHeadroom(RoleName role, string name) =>
        quotas.Values.Any(q => q.Guarantees.Values.Any(g => g > Scalar.Zero))
            ? Math.Max(0, Available(name) - ChildrenNeed(null, name)) + Fills(role, name)
            : Unlimited;

    private long Available(string name) => agents.Values.Where(a => a.IsActive)
        .SelectMany(a => Free(a.Profile).Items).Where(CountsForQuota)
        .Where(i => i.Key.Name == name).Sum(i => i.Amount.Thousandths);
}
