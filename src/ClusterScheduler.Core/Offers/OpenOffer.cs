using ClusterScheduler.Core.Frameworks;

namespace ClusterScheduler.Core.Offers;

/// <summary>An offer that has not ended.</summary>
/// <param name="FrameworkId">Who holds it.</param>
/// <param name="Since">Since when.</param>
public sealed record OpenOffer(FrameworkId FrameworkId, Offer Offer, DateTimeOffset Since);
