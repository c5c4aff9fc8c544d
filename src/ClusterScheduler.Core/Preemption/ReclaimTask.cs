using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Preemption;

/// <summary>A running task that could make room.</summary>
/// <param name="Task">Which.</param>
/// <param name="Framework">Whose.</param>
/// <param name="Role">In which role.</param>
/// <param name="Agent">Where.</param>
/// <param name="Resources">What it holds.</param>
/// <param name="Priority">Lower ones go first.</param>
public sealed record ReclaimTask(
    TaskId Task, FrameworkId Framework, RoleName Role, AgentId Agent, ResourceSet Resources, int Priority)
{
    /// <summary>Names the task in the cluster.</summary>
    public (FrameworkId Framework, TaskId Task) Key => (Framework, Task);

    /// <summary>Whether some of what it holds is lent, so that it runs on terms that it may be killed.</summary>
    public bool IsRevocable { get; } =
        !Resources.IsPlain && Resources.Items.Any(static item => item.Key.IsRevocable);

    /// <summary>
    /// What of its resources counts against its role's quota, and so becomes free for another role: scalars that are
    /// neither reserved nor revocable.
    /// </summary>
    public ResourceSet Frees { get; } = Resources.IsPlain
        ? Resources
        : Resources.Where(static item => item.Key is { Kind: ResourceKind.Scalar, IsPlain: true });

    /// <summary>It is being killed, for this or for another reason: what it holds is on its way.</summary>
    public bool IsEnding { get; init; }

    /// <summary>Until when its framework was asked to leave; null when it is not asked.</summary>
    public DateTimeOffset? AskedUntil { get; init; }

    /// <summary>What its framework answered; null when it is not asked.</summary>
    public InverseVerdict? Verdict { get; init; }

    /// <summary>How often its framework was asked and let the time pass.</summary>
    public int AskedInVain { get; init; }
}
