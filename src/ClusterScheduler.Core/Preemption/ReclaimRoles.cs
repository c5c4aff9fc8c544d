using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Preemption;

/// <summary>Makes the accounts that reclaiming decides by from those of the allocator.</summary>
public static class ReclaimRoles
{
    /// <summary>
    /// A role needs what it lacks to its guarantee and what is free cannot serve, if one of its frameworks, or of its
    /// sub-roles', wants offers; what is free serves roles by name. A role has in excess what it consumes beyond its
    /// guarantee; what it is offered only is no part of that, since the offer may be declined.
    /// </summary>
    /// <param name="roles">All roles.</param>
    /// <param name="free">Unreserved, not revocable, and free, or offered and about to be taken back.</param>
    public static IReadOnlyList<ReclaimRole> From(IReadOnlyList<RoleView> roles, ResourceSet free)
    {
        ArgumentNullException.ThrowIfNull(roles);
        var below = new Dictionary<RoleName, (ResourceSet Consumed, ResourceSet Guarantee)>();
        foreach (var role in roles.Where(static role => role.Role.Parent is not null))
        {
            var parent = role.Role.Parent!.Value;
            var (consumed, guarantee) = below.GetValueOrDefault(parent);
            below[parent] = (consumed + role.Consumed, guarantee + role.Guarantee);
        }

        var accounts = new List<ReclaimRole>(roles.Count);
        foreach (var role in roles.OrderBy(static role => role.Role))
        {
            var wanted = role.WantsOffers ? role.Unmet : ResourceSet.Empty;
            var served = wanted.Intersect(free);
            free -= served;
            var (subConsumed, subGuaranteed) = below.GetValueOrDefault(role.Role);
            accounts.Add(new ReclaimRole(role.Role, wanted - served, null,
                role.Consumed.SubtractWhatIsThere(role.Guarantee),
                role.Consumed.SubtractWhatIsThere(subConsumed)
                    .SubtractWhatIsThere(role.Guarantee.SubtractWhatIsThere(subGuaranteed))));
        }

        return accounts;
    }
}
