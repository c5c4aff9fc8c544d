using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Preemption;

/// <summary>
/// What an operator allows when a role waits for what it is guaranteed. Everything is off by default.
/// </summary>
/// <param name="IsOn">Whether anything is done at all; without it a plan is a dry run.</param>
/// <param name="WaitLeast">How long a role must be below its guarantee first.</param>
/// <param name="LeaveWithin">How long a framework has to leave when it is asked by an inverse offer.</param>
/// <param name="MayKillRevocable">Whether revocable tasks may be killed after that.</param>
/// <param name="MayKillByPriority">Whether, after those, other tasks may be killed, lowest priority first.</param>
public sealed record ReclaimSettings(
    bool IsOn, TimeSpan WaitLeast, TimeSpan LeaveWithin, bool MayKillRevocable, bool MayKillByPriority)
{
    /// <summary>Off: only dry runs. A minute to wait, five to leave, no kills.</summary>
    public static ReclaimSettings Default { get; } =
        new(false, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), false, false);
}

/// <summary>A role's account, as far as reclaiming depends on it.</summary>
/// <param name="Role">The role.</param>
/// <param name="Unmet">
/// What is missing to its guarantee and cannot be served from what is free; empty for others.
/// </param>
/// <param name="UnmetSince">Since when; null for others.</param>
/// <param name="Excess">What it uses beyond its guarantee; a role without quota uses all beyond.</param>
public sealed record ReclaimRole(RoleName Role, ResourceSet Unmet, DateTimeOffset? UnmetSince, ResourceSet Excess);

/// <summary>A running task that could make room.</summary>
/// <param name="Task">Which.</param>
/// <param name="Framework">Whose.</param>
/// <param name="Role">In which role.</param>
/// <param name="Agent">Where.</param>
/// <param name="Resources">What its end makes free.</param>
/// <param name="IsRevocable">Whether it runs on terms that it may be killed.</param>
/// <param name="Priority">Lower ones go first.</param>
/// <param name="AskedAt">When its framework was asked to leave; null when it was not.</param>
public sealed record ReclaimTask(
    TaskId Task,
    FrameworkId Framework,
    RoleName Role,
    AgentId Agent,
    ResourceSet Resources,
    bool IsRevocable,
    int Priority,
    DateTimeOffset? AskedAt);
