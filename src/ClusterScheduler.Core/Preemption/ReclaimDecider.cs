using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Preemption;

/// <summary>
/// Preemption between roles. A role that was below its guarantee for long enough takes back what others use beyond
/// theirs: first their frameworks are asked, with a deadline; then revocable tasks are killed, then those of lowest
/// priority, if the operator allows it. Never more than needed, and no role is taken below its own guarantee. Pure.
/// </summary>
public static class ReclaimDecider
{
    /// <summary>The steps that are due now. Decided anew each time: what was asked before is preferred.</summary>
    /// <param name="roles">Accounts of all roles.</param>
    /// <param name="tasks">Running tasks; the order does not matter.</param>
    /// <param name="suits">Whether a role could take an offer of an agent, were so much more free there.</param>
    /// <param name="settings">What is allowed.</param>
    /// <param name="now">The instant of the decision.</param>
    public static ReclaimPlan Decide(
        IReadOnlyList<ReclaimRole> roles,
        IReadOnlyList<ReclaimTask> tasks,
        Func<RoleName, AgentId, ResourceSet, bool> suits,
        ReclaimSettings settings,
        DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(roles);
        ArgumentNullException.ThrowIfNull(tasks);
        ArgumentNullException.ThrowIfNull(suits);
        ArgumentNullException.ThrowIfNull(settings);
        var ledger = new ReclaimLedger(roles);
        var steps = new List<ReclaimStep>();
        var missing = new List<(RoleName, ResourceSet)>();
        ReclaimRole[] due =
        [
            .. roles.Where(role => IsDue(role, settings, now)).OrderBy(static role => role.UnmetSince)
                .ThenBy(static role => role.Role),
        ];
        var places = new ReclaimPlaces(suits);
        var pool = new ReclaimPool(due.Length == 0 ? [] : tasks, places);
        foreach (var needy in due)
        {
            places.Begin(needy.Role);
            var chosen = new ReclaimChoice(needy, pool, places, ledger).Make(out var left);
            steps.AddRange(chosen.Select(task => Step(task, needy.Role, settings, now)));
            if (!left.IsEmpty)
            {
                missing.Add((needy.Role, left));
            }
        }

        return new ReclaimPlan(steps, settings.Mode == ReclaimMode.Off, missing) { IsAnyDue = due.Length > 0 };
    }

    private static bool IsDue(ReclaimRole role, ReclaimSettings settings, DateTimeOffset now) =>
        !role.Unmet.IsEmpty && role.UnmetSince is { } since && now - since >= settings.WaitLeast;

    private static ReclaimStep Step(ReclaimTask task, RoleName needy, ReclaimSettings settings, DateTimeOffset now)
    {
        var action = task.IsEnding ? ReclaimAction.Ending
            : task.AskedUntil is not { } until ? ReclaimAction.Ask
            : now < until ? ReclaimAction.WaitForDeadline
            : !settings.MayKill(task.IsRevocable) ? ReclaimAction.NotAllowedToKill
            : task.IsRevocable ? ReclaimAction.KillRevocable
            : ReclaimAction.KillByPriority;
        return new ReclaimStep(action, task, needy, task.AskedUntil ?? now + settings.LeaveWithin);
    }
}
