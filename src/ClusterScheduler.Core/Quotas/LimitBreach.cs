using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Quotas;

/// <summary>What would take a role beyond its limit.</summary>
/// <param name="Role">Whose limit.</param>
/// <param name="Resource">Of which resource.</param>
/// <param name="Limit">The limit.</param>
/// <param name="Held">What the role consumes now, with its sub-roles, offers included.</param>
/// <param name="Asked">What it would come to consume beside that.</param>
public sealed record LimitBreach(string Role, string Resource, Scalar Limit, Scalar Held, Scalar Asked);
