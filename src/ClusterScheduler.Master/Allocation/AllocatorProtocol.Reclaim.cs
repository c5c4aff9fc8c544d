using System.Collections.Immutable;
using ClusterScheduler.Core.Preemption;

namespace ClusterScheduler.Master.Allocation;

/// <content>Roles that wait for what they are guaranteed.</content>
internal static partial class AllocatorProtocol
{
    /// <summary>
    /// Who waits, for how long, and what is to be done? Offers in the way are said with <see cref="Recall"/>. Answered
    /// with <see cref="ReclaimDecided"/>.
    /// </summary>
    /// <param name="Tasks">All that hold resources; none as long as nobody is known to have waited long enough.</param>
    internal sealed record Reclaim(ImmutableArray<ReclaimTask>? Tasks) : INoSerializationVerificationNeeded;

    /// <summary>To the master.</summary>
    /// <param name="Plan">Without steps where it was made without tasks.</param>
    /// <param name="IsOfTasks">Whether it was made with tasks.</param>
    internal sealed record ReclaimDecided(ReclaimPlan Plan, bool IsOfTasks) : INoSerializationVerificationNeeded;

    /// <summary>Not all agents are known: who waits for how long cannot be told.</summary>
    internal sealed record ForgetUnmet : INoSerializationVerificationNeeded;

    /// <summary>Which of these tasks would have to leave? Answered to whoever asked the master.</summary>
    /// <param name="Shown">What the master adds to the answer.</param>
    internal sealed record PlanReclaim(ImmutableArray<ReclaimTask> Tasks, MasterProtocol.ReclaimPlanned Shown)
        : INoSerializationVerificationNeeded;
}
