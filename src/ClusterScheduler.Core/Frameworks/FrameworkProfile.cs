using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Frameworks;

/// <summary>What the allocator must know of a framework to decide what it is offered.</summary>
/// <param name="Id">The framework.</param>
/// <param name="Roles">The roles it is subscribed to; at least one, none twice.</param>
public sealed record FrameworkProfile(FrameworkId Id, IReadOnlyList<RoleName> Roles)
{
    /// <summary>What it understands.</summary>
    public FrameworkCapabilities Capabilities { get; init; }

    /// <summary>Roles in which it wants no offers for now; each one of <see cref="Roles"/>.</summary>
    public IReadOnlyList<RoleName> SuppressedRoles { get; init; } = [];

    /// <summary>Smallest offers that it wants, per role; the cluster's setting counts for the other roles.</summary>
    public IReadOnlyDictionary<RoleName, MinAllocatable> MinAllocatable { get; init; } =
        new Dictionary<RoleName, MinAllocatable>();

    /// <summary>Which agents it wants, per role; every agent in the other roles.</summary>
    public IReadOnlyDictionary<RoleName, OfferConstraints> Constraints { get; init; } =
        new Dictionary<RoleName, OfferConstraints>();
}
