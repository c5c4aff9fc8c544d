using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Allocation;

/// <summary>A role's place in the tree and its quota account.</summary>
/// <param name="Role">The role.</param>
/// <param name="Weight">Its weight.</param>
/// <param name="DominantShare">Of what it and its sub-roles hold, before the weight: 0 to 1.</param>
/// <param name="Allocated">What it and its sub-roles hold, offered or used.</param>
/// <param name="Consumed">What counts against quota, as operators see it: reservations and use, not offers.</param>
/// <param name="Offered">What counts against quota and is offered only.</param>
/// <param name="Reserved">Reservations to it and its sub-roles, used or not.</param>
/// <param name="Guarantee">What it is guaranteed; empty without.</param>
/// <param name="Limit">Its limits; a resource that is not listed is not limited.</param>
/// <param name="Unmet">The part of its guarantee that is missing and not earmarked for sub-roles.</param>
/// <param name="Frameworks">Frameworks of the role and its sub-roles.</param>
public sealed record RoleView(
    RoleName Role,
    double Weight,
    double DominantShare,
    ResourceSet Allocated,
    ResourceSet Consumed,
    ResourceSet Offered,
    ResourceSet Reserved,
    ResourceSet Guarantee,
    IReadOnlyDictionary<string, Scalar> Limit,
    ResourceSet Unmet,
    int Frameworks)
{
    /// <summary>A framework of the role or a sub-role is connected and not suppressed there.</summary>
    public bool WantsOffers { get; init; }
}
