namespace Akka.Cluster.Leading;

/// <summary>What the leader knows of a member's life, on its own monotonic clock.</summary>
/// <param name="At">When it last heard of it; before it did, when its term began.</param>
/// <param name="LeaseEnds">
/// From then on the member has surely stopped: it counts its lease from before it asked, the leader from after.
/// </param>
/// <param name="IsHeardInTerm">Whether it heard of it at all since it leads.</param>
internal readonly record struct Hearing(TimeSpan At, TimeSpan LeaseEnds, bool IsHeardInTerm);
