using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Quotas;

/// <summary>The quota that a change gives to one role.</summary>
/// <param name="Role">Any role but <c>*</c>, on any level.</param>
/// <param name="Quota">Replaces what the role had.</param>
public sealed record RoleQuota(RoleName Role, Quota Quota);

/// <summary>
/// What makes a change of quota acceptable. On every level of the tree a child's guarantees are within its
/// parent's (where
/// the parent has quota) and its limits within every limit above it.
/// </summary>
public static class QuotaRules
{
    /// <summary>Checks a change as a whole; the roles that it does not name keep what they have.</summary>
    /// <param name="current">Quota of every role that has some.</param>
    /// <param name="changes">The change.</param>
    /// <param name="consumed">What a role consumes: reservations, and unreserved resources in use.</param>
    /// <param name="capacity">The cluster's total, without what agents lend out.</param>
    /// <param name="force">Whether consumption and capacity are overridden.</param>
    /// <returns>Null, or the first broken rule, roles in the order of the change.</returns>
    public static QuotaRefusal? Check(
        IReadOnlyDictionary<RoleName, Quota> current,
        IReadOnlyList<RoleQuota> changes,
        Func<RoleName, ResourceSet> consumed,
        ResourceSet capacity,
        bool force)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(changes);
        ArgumentNullException.ThrowIfNull(consumed);
        var after = new SortedDictionary<RoleName, Quota>();
        foreach (var (role, quota) in current)
        {
            after[role] = quota;
        }

        var named = new HashSet<RoleName>();
        foreach (var change in changes)
        {
            var refusal = named.Add(change.Role)
                ? CheckAlone(change) ?? (force ? null : CheckConsumption(change, consumed(change.Role)))
                : new QuotaRefusal(QuotaFault.DoubleRole, change.Role);
            if (refusal is not null)
            {
                return refusal;
            }

            after[change.Role] = change.Quota;
            if (change.Quota.IsNone)
            {
                after.Remove(change.Role);
            }
        }

        return CheckTree(after) ?? CheckTops(after, changes, capacity, force);
    }

    private static QuotaRefusal? CheckAlone(RoleQuota change)
    {
        var (role, quota) = change;
        if (role.IsAny)
        {
            return new QuotaRefusal(QuotaFault.RoleOfEveryone, role);
        }

        var amounts = quota.Guarantees.Concat(quota.Limits).OrderBy(a => a.Key, StringComparer.Ordinal);
        foreach (var (name, amount) in amounts)
        {
            if (!ResourceNames.IsValid(name) || name == ResourceNames.Ports)
            {
                return new QuotaRefusal(QuotaFault.ResourceName, role, name);
            }

            if (amount < Scalar.Zero || amount > Scalar.Max)
            {
                return new QuotaRefusal(QuotaFault.Amount, role, name, amount, Scalar.Max);
            }

            if (name == ResourceNames.Gpus && amount.Thousandths % Scalar.One != 0)
            {
                return new QuotaRefusal(QuotaFault.FractionalGpus, role, name, amount);
            }

            if (quota.LimitOf(name) is { } limit && quota.GuaranteeOf(name) > limit)
            {
                return new QuotaRefusal(QuotaFault.GuaranteeAboveLimit, role, name, quota.GuaranteeOf(name), limit);
            }
        }

        return null;
    }

    private static QuotaRefusal? CheckConsumption(RoleQuota change, ResourceSet consumed)
    {
        foreach (var (name, limit) in change.Quota.Limits.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            if (consumed.Get(name) > limit)
            {
                return new QuotaRefusal(
                    QuotaFault.LimitBelowConsumption, change.Role, name, limit, consumed.Get(name));
            }
        }

        return null;
    }

    private static QuotaRefusal? CheckTree(SortedDictionary<RoleName, Quota> quotas)
    {
        var sums = new SortedDictionary<(RoleName Parent, string Name), Scalar>();
        foreach (var (role, quota) in quotas)
        {
            for (var above = role.Parent; above is not null; above = above.Value.Parent)
            {
                if (!quotas.TryGetValue(above.Value, out var parent))
                {
                    continue;
                }

                var refusal = CheckBelow(role, quota, parent);
                if (refusal is not null)
                {
                    return refusal;
                }
            }

            AddToNearest(role, quota, quotas, sums);
        }

        foreach (var ((parent, name), sum) in sums)
        {
            var bound = quotas[parent].GuaranteeOf(name);
            if (sum > bound)
            {
                return new QuotaRefusal(QuotaFault.GuaranteesAboveParent, parent, name, sum, bound);
            }
        }

        return null;
    }

    private static QuotaRefusal? CheckBelow(RoleName role, Quota quota, Quota above)
    {
        foreach (var (name, bound) in above.Limits.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            if (quota.GuaranteeOf(name) > bound)
            {
                return new QuotaRefusal(
                    QuotaFault.GuaranteeAboveParentLimit, role, name, quota.GuaranteeOf(name), bound);
            }

            if (quota.LimitOf(name) is { } limit && limit > bound)
            {
                return new QuotaRefusal(QuotaFault.LimitAboveParent, role, name, limit, bound);
            }
        }

        return null;
    }

    // A role between without quota passes its children's guarantees on to the nearest role above that has quota.
    private static void AddToNearest(
        RoleName role,
        Quota quota,
        SortedDictionary<RoleName, Quota> quotas,
        SortedDictionary<(RoleName Parent, string Name), Scalar> sums)
    {
        var nearest = role.Parent;
        while (nearest is not null && !quotas.ContainsKey(nearest.Value))
        {
            nearest = nearest.Value.Parent;
        }

        if (nearest is not { } parent)
        {
            return;
        }

        foreach (var (name, amount) in quota.Guarantees)
        {
            // Above the most that a parent can be guaranteed it does not matter how much.
            var sum = sums.GetValueOrDefault((parent, name));
            sums[(parent, name)] = sum > Scalar.Max ? sum : sum + amount;
        }
    }

    // Only names that the change itself guarantees something of are held against it: to take a guarantee away is always
    // accepted, to lower one only where the sum is then within the bound.
    private static QuotaRefusal? CheckTops(
        SortedDictionary<RoleName, Quota> quotas, IReadOnlyList<RoleQuota> changes, ResourceSet capacity, bool force)
    {
        var sums = new SortedDictionary<string, Scalar>(StringComparer.Ordinal);
        foreach (var (_, quota) in quotas.Where(q => !HasQuotaAbove(q.Key, quotas)))
        {
            foreach (var (name, amount) in quota.Guarantees)
            {
                var sum = sums.GetValueOrDefault(name);
                sums[name] = sum > Scalar.Max ? sum : sum + amount;
            }
        }

        foreach (var (name, sum) in sums)
        {
            var guaranteed = changes.FirstOrDefault(change => !change.Quota.GuaranteeOf(name).IsZero);
            if (guaranteed is not null && sum > Scalar.Max)
            {
                return new QuotaRefusal(QuotaFault.GuaranteesTooLarge, guaranteed.Role, name, sum, Scalar.Max);
            }

            if (guaranteed is not null && !force && sum > capacity.Get(name))
            {
                return new QuotaRefusal(
                    QuotaFault.GuaranteesAboveCapacity, guaranteed.Role, name, sum, capacity.Get(name));
            }
        }

        return null;
    }

    private static bool HasQuotaAbove(RoleName role, SortedDictionary<RoleName, Quota> quotas)
    {
        for (var above = role.Parent; above is not null; above = above.Value.Parent)
        {
            if (quotas.ContainsKey(above.Value))
            {
                return true;
            }
        }

        return false;
    }
}
