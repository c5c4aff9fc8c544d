using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Preemption;

/// <summary>What carrying a plan out means now.</summary>
/// <param name="Withdrawn">Inverse offers that ended: what they asked for came back, or is not needed.</param>
/// <param name="Asks">Inverse offers to make.</param>
/// <param name="Kills">Tasks to end; of one that nobody has noted yet it is said again.</param>
public sealed record ReclaimTurn(
    ImmutableArray<(FrameworkId Framework, OfferId Offer)> Withdrawn,
    ImmutableArray<ReclaimAsk> Asks,
    ImmutableArray<ReclaimKill> Kills);

/// <summary>One framework is asked to give back what tasks of it use at one agent.</summary>
/// <param name="Framework">Who is asked.</param>
/// <param name="Agent">Where.</param>
/// <param name="For">The role that waits for its guarantee.</param>
/// <param name="Until">The deadline.</param>
/// <param name="IsRevocable">Whether they run on terms that they may be killed.</param>
/// <param name="Tasks">The tasks that would be taken, in the order of their ids.</param>
/// <param name="Resources">What their end makes free.</param>
public sealed record ReclaimAsk(
    FrameworkId Framework,
    AgentId Agent,
    RoleName For,
    DateTimeOffset Until,
    bool IsRevocable,
    ImmutableArray<TaskId> Tasks,
    ResourceSet Resources);

/// <summary>A task that is ended for a role.</summary>
/// <param name="Task">Which.</param>
/// <param name="For">The role that waits for its guarantee.</param>
/// <param name="IsFirst">False when it is said again.</param>
public sealed record ReclaimKill(ReclaimTask Task, RoleName For, bool IsFirst);

/// <summary>A task that was ended for a role.</summary>
/// <param name="Task">Which.</param>
/// <param name="For">The role that waited for its guarantee.</param>
/// <param name="At">When its end was ordered.</param>
public sealed record ReclaimedTask(ReclaimTask Task, RoleName For, DateTimeOffset At);
