using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

using AgentClaim = ClusterScheduler.Core.Allocation.AgentClaim;

/// <summary>Transactions from the definitions. The twin keeps no versions: it is told whether they are
/// stale.</summary>
internal sealed partial class NaiveAllocator
{
    public AllocatorFault? Commit(
        FrameworkId id, RoleName role, IReadOnlyList<AgentClaim> claims, bool isStale)
    {
        if (claims.Count == 0)
        {
            return AllocatorFault.EmptyTransaction;
        }

        if (!frameworks.TryGetValue(id, out var framework))
        {
            return AllocatorFault.UnknownFramework;
        }

        if (!framework.Profile.Roles.Contains(role))
        {
            return AllocatorFault.NotSubscribed;
        }

        if (!framework.IsActive)
        {
            return AllocatorFault.FrameworkInactive;
        }

        if (CheckClaims(framework, role, claims, isStale) is { } wrong)
        {
            return wrong;
        }

        var sum = claims.Aggregate(ResourceSet.Empty, (so, p) => so + p.Resources.Where(CountsForQuota));
        if (ScalarNames().Any(name => sum.Get(name).Thousandths > Allowed(role, name)))
        {
            return AllocatorFault.QuotaExceeded;
        }

        foreach (var claim in claims)
        {
            Held(claim.Agent, id, role).Used += claim.Resources;
        }

        foreach (var key in CountKeys(id, role))
        {
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        return null;
    }

    private AllocatorFault? CheckClaims(
        NaiveFramework framework, RoleName role, IReadOnlyList<AgentClaim> claims, bool isStale)
    {
        var seen = new HashSet<AgentId>();
        foreach (var claim in claims)
        {
            if (!seen.Add(claim.Agent))
            {
                return AllocatorFault.DoubleAgent;
            }

            if (!agents.TryGetValue(claim.Agent, out var agent))
            {
                return AllocatorFault.UnknownAgent;
            }

            var fault = !agent.IsActive || !Admits(agent.Profile, framework, role) ? AllocatorFault.AgentRuledOut
                : isStale ? AllocatorFault.VersionConflict
                : !IsFor(claim.Resources, framework, role) ? AllocatorFault.NotOfferableToRole
                : claim.Resources.IsEmpty || !Free(agent.Profile).Contains(claim.Resources.Unshared)
                    || !agent.Profile.Total.Contains(claim.Resources.Shared)
                    ? AllocatorFault.NotFree
                    : (AllocatorFault?)null;
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    private static bool IsFor(ResourceSet resources, NaiveFramework framework, RoleName role) =>
        resources.Items.All(item => IsForRole(item.Key, role))
        && Understood(resources, framework) == resources;
}
