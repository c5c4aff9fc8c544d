using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Offers;

/// <summary>
/// A framework is asked to leave an agent before it goes away, or to give back some of what it uses there because a
/// role waits for what it is guaranteed (Mesos: InverseOffer). Its answer is advice for the operator; nothing is taken
/// away by it.
/// </summary>
/// <param name="Id">Of the same kind as those of offers; never used twice.</param>
/// <param name="AgentId">Which agent goes away, or where resources are asked back.</param>
/// <param name="Hostname">That machine's name.</param>
/// <param name="Unavailability">When, and for how long. Of resources that are asked back: from the deadline on, without
/// end.</param>
/// <param name="Resources">What the framework uses there, in all its roles; or what is asked back.</param>
public sealed record InverseOffer(
    OfferId Id, AgentId AgentId, string Hostname, Unavailability Unavailability, ResourceSet Resources)
{
    /// <summary>Why resources are asked back; none where the agent goes away.</summary>
    public ReclaimReason? Reclaim { get; init; }
}

/// <summary>
/// A role waits for what it is guaranteed, and the framework is asked to give back some of what it uses beyond its own
/// role's guarantee. It is done when enough is free, whichever tasks it ends; then the inverse offer is rescinded.
/// </summary>
/// <param name="Role">The role that waits.</param>
/// <param name="Until">The deadline.</param>
/// <param name="Tasks">Those that would go first.</param>
/// <param name="IsKilledAfter">
/// Whether the tasks are killed after the deadline; else the operator allows to ask only.
/// </param>
public sealed record ReclaimReason(
    string Role, DateTimeOffset Until, ImmutableArray<TaskId> Tasks, bool IsKilledAfter);

/// <summary>What a framework said to an inverse offer.</summary>
public enum InverseVerdict
{
    /// <summary>Nothing yet (Mesos: UNKNOWN).</summary>
    Open,

    /// <summary>It will leave in time.</summary>
    Accepted,

    /// <summary>It will not, or not in time.</summary>
    Declined,
}

/// <summary>The newest that a framework said of leaving an agent.</summary>
/// <param name="At">When it was asked, or answered.</param>
public sealed record InverseAnswer(
    AgentId AgentId, FrameworkId FrameworkId, InverseVerdict Verdict, DateTimeOffset At);
