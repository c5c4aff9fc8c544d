using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Allocation;

using Placement = ClusterScheduler.Core.Allocation.Placement;

/// <summary>Transactions from the definitions. The twin keeps no versions: it is told whether they are stale.</summary>
internal sealed partial class NaiveAllocator
{
    public AllocatorFault? Commit(
        FrameworkId id, RoleName role, IReadOnlyList<Placement> placements, bool isStale)
    {
        if (placements.Count == 0)
        {
            return AllocatorFault.EmptyTransaction;
        }

        if (!frameworks.TryGetValue(id, out var framework))
        {
            return AllocatorFault.UnknownFramework;
        }

        if (!framework.IsActive || !framework.Profile.Roles.Contains(role))
        {
            return AllocatorFault.NotSubscribed;
        }

        foreach (var placement in placements)
        {
            var agent = agents[placement.Agent];
            var fault = !agent.IsActive || !Admits(agent.Profile, framework, role) ? AllocatorFault.AgentRuledOut
                : isStale ? AllocatorFault.VersionConflict
                : !IsFor(placement.Resources, framework, role) ? AllocatorFault.NotOfferableToRole
                : placement.Resources.IsEmpty || !Free(agent.Profile).Contains(placement.Resources)
                    ? AllocatorFault.NotFree
                    : (AllocatorFault?)null;
            if (fault is not null)
            {
                return fault;
            }
        }

        var sum = placements.Aggregate(ResourceSet.Empty, (so, p) => so + p.Resources.Where(CountsForQuota));
        if (ScalarNames().Any(name => sum.Get(name).Thousandths > Allowed(role, name)))
        {
            return AllocatorFault.QuotaExceeded;
        }

        foreach (var placement in placements)
        {
            Held(placement.Agent, id, role).Used += placement.Resources;
        }

        foreach (var key in CountKeys(id, role))
        {
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        return null;
    }

    private static bool IsFor(ResourceSet resources, NaiveFramework framework, RoleName role) =>
        resources.Items.All(item => item.Key.Reservations.IsOfferableTo(role))
        && Understood(resources, framework) == resources;
}
