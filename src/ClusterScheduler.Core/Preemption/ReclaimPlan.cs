using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Preemption;

/// <summary>What is to be done about one task.</summary>
public enum ReclaimAction
{
    /// <summary>Ask its framework by an inverse offer to leave until the deadline.</summary>
    Ask,

    /// <summary>It was asked; the deadline has not passed.</summary>
    WaitForDeadline,

    /// <summary>The deadline has passed, and the operator does not allow to kill it: others are asked next.</summary>
    NotAllowedToKill,

    /// <summary>Kill it: it is revocable.</summary>
    KillRevocable,

    /// <summary>Kill it: of what may be taken, its priority is lowest.</summary>
    KillByPriority,

    /// <summary>It is being killed already.</summary>
    Ending,
}

/// <summary>One step of a plan: who would lose what, for whom.</summary>
/// <param name="Action">What is done.</param>
/// <param name="Task">To which task.</param>
/// <param name="For">The role that waits for its guarantee.</param>
/// <param name="Deadline">Until when the framework has to leave.</param>
public sealed record ReclaimStep(ReclaimAction Action, ReclaimTask Task, RoleName For, DateTimeOffset Deadline);

/// <summary>A plan to give roles what they are guaranteed.</summary>
/// <param name="Steps">In order.</param>
/// <param name="IsDryRun">Reclaiming is off: the steps show what would happen.</param>
/// <param name="Missing">By role, what no allowed step can give.</param>
public sealed record ReclaimPlan(
    IReadOnlyList<ReclaimStep> Steps, bool IsDryRun, IReadOnlyList<(RoleName Role, ResourceSet Missing)> Missing)
{
    /// <summary>Nobody waits, or not for long enough.</summary>
    public static ReclaimPlan Nothing { get; } = new([], false, []);

    /// <summary>A role has waited for long enough.</summary>
    public bool IsAnyDue { get; init; }
}
