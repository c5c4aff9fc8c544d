using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>Offers against quota: each that is found is taken back here, before the next one is looked at.</summary>
internal sealed partial class NaiveAllocator
{
    /// <summary>Offers above a limit, and those that would serve unmet guarantees and are not guaranteed.</summary>
    public IReadOnlyList<RecalledOffer> OffersAgainstQuota()
    {
        var recalled = new List<RecalledOffer>();
        var before = holdings.Values.Select(held => (held, held.Offered)).ToArray();
        var free = FindScalarNames().ToDictionary(name => name, Available);
        foreach (var ((agent, framework, role), held) in quotas.Count == 0 ? [] : holdings.ToArray())
        {
            var counted = held.Offered.Where(CountsForQuota);
            var isActive = agents[agent].IsActive;
            if (counted.IsEmpty || !(IsAboveLimit(role, counted) || (isActive && IsNeeded(role, counted, free))))
            {
                continue;
            }

            recalled.Add(new RecalledOffer(framework, role, agent, held.Offered));
            held.Offered = ResourceSet.Empty;
            foreach (var item in isActive ? counted.Items : [])
            {
                free[item.Key.Name] += item.Amount.Thousandths;
            }
        }

        foreach (var (held, offered) in before)
        {
            held.Offered = offered;
        }

        return recalled;
    }

    private bool IsAboveLimit(RoleName role, ResourceSet offer) => PathOf(role).Any(node =>
        quotas.TryGetValue(node, out var quota) && offer.Items.Any(item =>
            quota.LimitOf(item.Key.Name) is { } limit && Consumed(node, item.Key.Name) > limit.Thousandths));

    // In the cluster, or below a role whose limit leaves less than its sub-roles need: there nothing else helps.
    private bool IsNeeded(RoleName role, ResourceSet offer, Dictionary<string, long> free)
    {
        var names = offer.Items.Select(static item => item.Key.Name).Distinct().ToArray();
        return (names.Any(name => ChildrenNeed(null, name) > free[name]) && PathOf(role).All(IsBeyond))
            || PathOf(role).Any(top => names.Any(name => Room(top, name) < Unlimited
                    && ChildrenNeed(top, name) > Room(top, name))
                && (top == role ? IsBeyondOwn() : PathOf(role).TakeWhile(node => node != top).All(IsBeyond)));

        bool IsBeyond(RoleName node) => names.All(name => !quotas.TryGetValue(node, out var quota)
            || Consumed(node, name) - offer.Get(name).Thousandths >= quota.GuaranteeOf(name).Thousandths);

        bool IsBeyondOwn() => names.All(name =>
            Consumed(role, name) - SubRoles(role).Sum(below => Consumed(below, name)) - offer.Get(name).Thousandths
                >= Guarantee(role, name) - SubRoles(role).Sum(below => Guarantee(below, name)));
    }

    private static IEnumerable<RoleName> SubRoles(RoleName role) => Everybody.Where(other => other.Parent == role);

    private long Guarantee(RoleName role, string name) =>
        quotas.TryGetValue(role, out var quota) ? quota.GuaranteeOf(name).Thousandths : 0;
}
