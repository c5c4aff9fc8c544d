using ClusterScheduler.Core.Quotas;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// Quota in the allocator. What may be set is decided by <see cref="QuotaRules"/>, from the same accounts.
/// </summary>
public sealed partial class Allocator
{
    /// <summary>
    /// Sets quota of some roles, all or nothing. <see cref="Quota.None"/> takes a role's quota away.
    /// </summary>
    /// <param name="changes">At most one entry a role.</param>
    /// <param name="force">Whether a limit below consumption and guarantees beyond the capacity are accepted.</param>
    /// <param name="isStored">
    /// Whether it was accepted and stored before: then it is in force also where its names of custom resources are more
    /// than the settings allow, because others came in between or the bound is lower than it was.
    /// </param>
    /// <returns>Null, or the first rule that is broken.</returns>
    public QuotaRefusal? SetQuota(IReadOnlyList<RoleQuota> changes, bool force = false, bool isStored = false)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var refusal = (isStored ? null : CheckNames(changes)) ?? CheckRules(changes, force);
        if (refusal is not null)
        {
            return refusal;
        }

        foreach (var change in changes)
        {
            var limit = Quantities.NoLimit;
            foreach (var (name, amount) in change.Quota.Limits)
            {
                limit = WithLimit(limit, names.Register(name), amount);
            }

            var guarantee = Quantities.Zero;
            foreach (var (name, amount) in change.Quota.Guarantees)
            {
                guarantee = guarantee.With(names.Register(name), amount.Thousandths);
            }

            tree.SetQuota(
                tree.Ensure(change.Role), guarantee, limit, change.Quota.Limits.Count > 0, !change.Quota.IsNone);
        }

        dirty.MarkAll();
        return null;
    }

    /// <summary>What can be guaranteed: the cluster's total without what agents lend out.</summary>
    public ResourceSet Capacity => names.ToResources(total - lent);

    /// <summary>What <see cref="SetQuota"/> would answer; changes nothing (dry run).</summary>
    public QuotaRefusal? CheckQuota(IReadOnlyList<RoleQuota> changes, bool force = false)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return CheckNames(changes) ?? CheckRules(changes, force);
    }

    private QuotaRefusal? CheckNames(IReadOnlyList<RoleQuota> changes)
    {
        HashSet<string>? unknown = null;
        foreach (var change in changes)
        {
            foreach (var name in change.Quota.Guarantees.Keys.Concat(change.Quota.Limits.Keys))
            {
                if (names.Find(name) < 0)
                {
                    (unknown ??= new HashSet<string>(StringComparer.Ordinal)).Add(name);
                }
            }

            if (HasTooMany(unknown))
            {
                return new QuotaRefusal(QuotaFault.ResourceName, change.Role);
            }
        }

        return null;
    }

    private QuotaRefusal? CheckRules(IReadOnlyList<RoleQuota> changes, bool force)
    {
        var quotas = tree.Roles.Where(node => node.HasQuota).ToDictionary(node => node.Role, QuotaOf);
        return QuotaRules.Check(quotas, changes, role => ViewRole(role)?.Consumed ?? default, Capacity, force);
    }

    private static Quantities WithLimit(in Quantities limit, int number, Scalar amount) =>
        limit.With(number, amount.Thousandths);

    private Quota QuotaOf(RoleNode node)
    {
        var guarantees = new SortedDictionary<string, Scalar>(StringComparer.Ordinal);
        for (var number = 0; number < names.Count; number++)
        {
            if (node.Guarantee[number] > 0)
            {
                guarantees.Add(names.NameOf(number), new Scalar(node.Guarantee[number]));
            }
        }

        return new Quota(guarantees, LimitOf(node));
    }
}
