using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>What makes a change of quota acceptable, from the definitions: all rules that it breaks.</summary>
internal sealed partial class NaiveAllocator
{
    // Units, of any resource.
    private static readonly Scalar GuaranteedMost = new(1_000_000_000_000 * Scalar.One);

    /// <summary>Takes the change over when it breaks no rule. Which of several the allocator names is its affair.
    /// </summary>
    public IReadOnlyList<QuotaRefusal> SetQuota(IReadOnlyList<RoleQuota> changes, bool force)
    {
        var after = new SortedDictionary<RoleName, Quota>(quotas);
        foreach (var change in changes)
        {
            after[change.Role] = change.Quota;
        }

        foreach (var change in changes.Where(change => change.Quota.IsNone))
        {
            after.Remove(change.Role);
        }

        QuotaRefusal[] broken =
        [
            .. changes.SelectMany(change => BrokenAlone(change, changes)),
            .. after.Keys.SelectMany(role => BrokenByThoseAbove(role, after)),
            .. after.Keys.SelectMany(role => BrokenByThoseBelow(role, after)),
            .. changes.SelectMany(change => BrokenByTheCluster(change, after, force)),
        ];
        if (broken.Length == 0)
        {
            quotas = after;
        }

        return broken;
    }

    private static IEnumerable<QuotaRefusal> BrokenAlone(RoleQuota change, IReadOnlyList<RoleQuota> changes)
    {
        var (role, quota) = change;
        if (changes.Count(other => other.Role == role) > 1)
        {
            yield return new QuotaRefusal(QuotaFault.DoubleRole, role);
        }

        if (role.Value == "*")
        {
            yield return new QuotaRefusal(QuotaFault.RoleOfEveryone, role);
        }

        foreach (var (name, amount) in quota.Guarantees.Concat(quota.Limits))
        {
            if (name == "ports")
            {
                yield return new QuotaRefusal(QuotaFault.ResourceName, role, name);
            }

            if (name == "gpus" && amount.Thousandths % 1000 != 0)
            {
                yield return new QuotaRefusal(QuotaFault.FractionalGpus, role, name, amount);
            }
        }

        foreach (var (name, limit) in quota.Limits.Where(limit => quota.GuaranteeOf(limit.Key) > limit.Value))
        {
            yield return new QuotaRefusal(
                QuotaFault.GuaranteeAboveLimit, role, name, quota.GuaranteeOf(name), limit);
        }
    }

    // Neither a guarantee nor a limit is above a limit of any role above.
    private static IEnumerable<QuotaRefusal> BrokenByThoseAbove(
        RoleName role, SortedDictionary<RoleName, Quota> after)
    {
        var quota = after[role];
        foreach (var above in PathOf(role).Skip(1).Where(after.ContainsKey))
        {
            foreach (var (name, bound) in after[above].Limits)
            {
                var guarantee = quota.GuaranteeOf(name);
                if (guarantee > bound)
                {
                    yield return new QuotaRefusal(
                        QuotaFault.GuaranteeAboveParentLimit, role, name, guarantee, bound);
                }

                if (quota.LimitOf(name) is { } limit && limit > bound)
                {
                    yield return new QuotaRefusal(QuotaFault.LimitAboveParent, role, name, limit, bound);
                }
            }
        }
    }

    // The next roles below that have quota are together guaranteed no more than the role itself.
    private static IEnumerable<QuotaRefusal> BrokenByThoseBelow(
        RoleName role, SortedDictionary<RoleName, Quota> after)
    {
        foreach (var name in after.Values.SelectMany(quota => quota.Guarantees.Keys).Distinct())
        {
            var sum = GuaranteedBelow(role, name, after);
            if (sum > after[role].GuaranteeOf(name))
            {
                yield return new QuotaRefusal(
                    QuotaFault.GuaranteesAboveParent, role, name, sum, after[role].GuaranteeOf(name));
            }
        }
    }

    private IEnumerable<QuotaRefusal> BrokenByTheCluster(
        RoleQuota change, SortedDictionary<RoleName, Quota> after, bool force)
    {
        foreach (var (name, _) in change.Quota.Guarantees.Where(guarantee => guarantee.Value > Scalar.Zero))
        {
            var sum = GuaranteedBelow(null, name, after);
            var capacity = Total().Where(item => !item.Key.IsRevocable).Get(name);
            if (sum > GuaranteedMost)
            {
                yield return new QuotaRefusal(
                    QuotaFault.GuaranteesTooLarge, change.Role, name, sum, GuaranteedMost);
            }

            if (sum > capacity && !force)
            {
                yield return new QuotaRefusal(
                    QuotaFault.GuaranteesAboveCapacity, change.Role, name, sum, capacity);
            }
        }

        foreach (var (name, limit) in change.Quota.Limits)
        {
            var consumed = VisiblyConsumed(change.Role, name);
            if (consumed > limit && !force)
            {
                yield return new QuotaRefusal(
                    QuotaFault.LimitBelowConsumption, change.Role, name, limit, consumed);
            }
        }
    }

    private static Scalar GuaranteedBelow(RoleName? role, string name, SortedDictionary<RoleName, Quota> after) =>
        after.Where(below => NearestAbove(below.Key, after) == role)
            .Aggregate(Scalar.Zero, (sum, below) => sum + below.Value.GuaranteeOf(name));

    private static RoleName? NearestAbove(RoleName role, SortedDictionary<RoleName, Quota> after)
    {
        foreach (var above in PathOf(role).Skip(1))
        {
            if (after.ContainsKey(above))
            {
                return above;
            }
        }

        return null;
    }
}
