using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Preemption;

/// <summary>A role's account, as far as reclaiming depends on it. Amounts of plain scalars.</summary>
/// <param name="Role">The role.</param>
/// <param name="Unmet">
/// What is missing to its guarantee, wanted by a framework of it, and cannot be served from what is free; else empty.
/// </param>
/// <param name="UnmetSince">Since when; null for others.</param>
/// <param name="Excess">What it consumes beyond its guarantee; a role without quota consumes all beyond.</param>
/// <param name="OwnExcess">
/// What frameworks of this very role consume beyond the part of its guarantee that no sub-role is guaranteed.
/// </param>
public sealed record ReclaimRole(
    RoleName Role, ResourceSet Unmet, DateTimeOffset? UnmetSince, ResourceSet Excess, ResourceSet OwnExcess);
