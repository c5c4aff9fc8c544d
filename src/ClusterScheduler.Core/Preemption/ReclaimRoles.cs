using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Preemption;

/// <summary>Makes the accounts that reclaiming decides by from those of the allocator.</summary>
public static class ReclaimRoles
{
    /// <summary>
    /// A role needs what it lacks to its guarantee and what is free cannot serve, if one of its frameworks, or of its
    /// sub-roles', wants offers; what is free serves roles by name, only those that can be offered it, and within the
    /// limits above them. A role has in excess what it consumes beyond its guarantee; what it is offered only is no
    /// part of that, since the offer may be declined.
    /// </summary>
    /// <param name="roles">All roles.</param>
    /// <param name="free">Per agent: unreserved, not revocable; free, or offered and about to be taken back.</param>
    /// <param name="suits">Whether a role can be offered anything of an agent: <c>Allocator.Suits</c>.</param>
    public static IReadOnlyList<ReclaimRole> From(
        IReadOnlyList<RoleView> roles,
        IReadOnlyDictionary<AgentId, ResourceSet> free,
        Func<RoleName, AgentId, bool> suits)
    {
        ArgumentNullException.ThrowIfNull(roles);
        ArgumentNullException.ThrowIfNull(free);
        ArgumentNullException.ThrowIfNull(suits);
        var left = free.OrderBy(static each => each.Key).ToArray();
        var leftInAll = left.Aggregate(ResourceSet.Empty, static (sum, each) => sum + each.Value);
        var below = new Dictionary<RoleName, (ResourceSet Consumed, ResourceSet Guarantee)>();
        foreach (var role in roles.Where(static role => role.Role.Parent is not null))
        {
            var parent = role.Role.Parent!.Value;
            var (consumed, guarantee) = below.GetValueOrDefault(parent);
            below[parent] = (consumed + role.Consumed, guarantee + role.Guarantee);
        }

        var rooms = new ReclaimRooms(roles);
        var accounts = new List<ReclaimRole>(roles.Count);
        foreach (var role in roles.OrderBy(static role => role.Role))
        {
            var wanted = role.WantsOffers ? role.Unmet : ResourceSet.Empty;
            var within = rooms.Claim(role.Role, wanted, out var blocked);
            var unserved = blocked.Aggregate(
                Serve(within, left, ref leftInAll, agent => suits(role.Role, agent)),
                static (sum, part) => sum + part.Amount);
            var (subConsumed, subGuaranteed) = below.GetValueOrDefault(role.Role);
            accounts.Add(new ReclaimRole(role.Role, unserved, null,
                role.Consumed.SubtractWhatIsThere(role.Guarantee),
                role.Consumed.SubtractWhatIsThere(subConsumed)
                    .SubtractWhatIsThere(role.Guarantee.SubtractWhatIsThere(subGuaranteed)))
            {
                Blocked = blocked,
            });
        }

        return accounts;
    }

    /// <summary>
    /// Takes what is wanted out of what is free, agent by agent, as long as any of it is left anywhere.
    /// </summary>
    /// <returns>What could not be served.</returns>
    private static ResourceSet Serve(
        ResourceSet wanted,
        KeyValuePair<AgentId, ResourceSet>[] free,
        ref ResourceSet freeInAll,
        Func<AgentId, bool> suits)
    {
        for (var at = 0; at < free.Length && !wanted.Intersect(freeInAll).IsEmpty; at++)
        {
            var (agent, amounts) = free[at];
            var served = wanted.Intersect(amounts);
            if (!served.IsEmpty && suits(agent))
            {
                free[at] = new(agent, amounts - served);
                freeInAll -= served;
                wanted -= served;
            }
        }

        return wanted;
    }
}
