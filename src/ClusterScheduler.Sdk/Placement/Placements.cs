namespace ClusterScheduler.Sdk.Placement;

/// <summary>Tasks that fit together into one offer.</summary>
/// <param name="Offer">To be accepted.</param>
/// <param name="Tasks">At least one.</param>
public sealed record Placement(Offer Offer, ImmutableArray<TaskInfo> Tasks);

/// <summary>What came of fitting tasks into offers.</summary>
/// <param name="Used">Offers to accept, each with its tasks.</param>
/// <param name="Waiting">Demands that fit nowhere.</param>
/// <param name="Unused">Offers to decline.</param>
public sealed record Placements(
    ImmutableArray<Placement> Used, ImmutableArray<TaskDemand> Waiting, ImmutableArray<Offer> Unused);
