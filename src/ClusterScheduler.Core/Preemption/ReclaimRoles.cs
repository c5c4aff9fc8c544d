using ClusterScheduler.Core.Allocation;

namespace ClusterScheduler.Core.Preemption;

/// <summary>Makes the accounts that reclaiming decides by from those of the allocator.</summary>
public static class ReclaimRoles
{
    /// <summary>
    /// A role needs what it lacks to its guarantee and what is free cannot serve; what is free serves roles by name. A
    /// role has in excess what it consumes beyond its guarantee.
    /// </summary>
    public static IReadOnlyList<ReclaimRole> From(IReadOnlyList<RoleView> roles, ClusterView cluster, UnmetClock clock)
    {
        ArgumentNullException.ThrowIfNull(roles);
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(clock);
        var free = cluster.Available;
        var accounts = new List<ReclaimRole>(roles.Count);
        foreach (var role in roles.OrderBy(role => role.Role))
        {
            var served = role.Unmet.Intersect(free);
            free -= served;
            var excess = (role.Consumed + role.Offered).SubtractWhatIsThere(role.Guarantee);
            var since = clock.Since.TryGetValue(role.Role, out var begun) ? begun : (DateTimeOffset?)null;
            accounts.Add(new ReclaimRole(role.Role, role.Unmet - served, since, excess));
        }

        return accounts;
    }
}
