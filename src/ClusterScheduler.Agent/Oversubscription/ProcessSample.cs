using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Agent.Oversubscription;

/// <summary>One living process at one instant.</summary>
/// <param name="Identity">Which.</param>
/// <param name="Parent">The number of its parent.</param>
/// <param name="Session">The number of its session's leader.</param>
/// <param name="OwnTicks">Processor time of its own, clock ticks.</param>
/// <param name="ReapedTicks">Processor time of descendants that have ended and were waited for, clock ticks.</param>
/// <param name="ResidentKiB">Resident memory.</param>
/// <param name="Sandbox">The sandbox that it was started with; none if it has none, or shed it.</param>
internal sealed record ProcessSample(
    ProcessIdentity Identity,
    int Parent,
    int Session,
    long OwnTicks,
    long ReapedTicks,
    long ResidentKiB,
    string? Sandbox);
