using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Preemption;

/// <summary>A role's account, as far as reclaiming depends on it. Amounts of plain scalars.</summary>
/// <param name="Role">The role.</param>
/// <param name="Unmet">
/// What is missing to its guarantee, wanted by a framework of it, and cannot be served from what is free, or is kept
/// from it by a limit; else empty.
/// </param>
/// <param name="UnmetSince">Since when; null for others.</param>
/// <param name="Excess">What it consumes beyond its guarantee; a role without quota consumes all beyond.</param>
/// <param name="OwnExcess">
/// What frameworks of this very role consume beyond the part of its guarantee that no sub-role is guaranteed.
/// </param>
public sealed record ReclaimRole(
    RoleName Role, ResourceSet Unmet, DateTimeOffset? UnmetSince, ResourceSet Excess, ResourceSet OwnExcess)
{
    /// <summary>The parts of <see cref="Unmet"/> that a limit forbids, from the role upward.</summary>
    public IReadOnlyList<BlockedNeed> Blocked { get; init; } = [];
}

/// <summary>What only those give who are within the role whose limit forbids more.</summary>
/// <param name="Within">The role with the limit: the one that waits or one above it.</param>
/// <param name="Amount">How much.</param>
public sealed record BlockedNeed(RoleName Within, ResourceSet Amount);
