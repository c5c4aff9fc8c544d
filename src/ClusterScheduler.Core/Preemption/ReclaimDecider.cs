using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;
using ClusterScheduler.Core.Tasks;

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
        var taken = new HashSet<(FrameworkId, TaskId)>();
        var steps = new List<ReclaimStep>();
        var missing = new List<(RoleName, ResourceSet)>();
        ReclaimRole[] due =
        [
            .. roles.Where(role => IsDue(role, settings, now)).OrderBy(static role => role.UnmetSince)
                .ThenBy(static role => role.Role),
        ];
        var places = new ReclaimPlaces(due.Length == 0 ? [] : tasks, suits);
        foreach (var needy in due)
        {
            places.Begin(needy.Role);
            ReclaimTask[] Able() =>
            [
                .. tasks.Where(task => !taken.Contains(task.Key)
                    && Helps(needy.Role, needy.Unmet, task) && places.MaySuit(task.Agent)),
            ];
            var chosen = Choose(needy, Able(), ledger, out var left);
            while (places.AnyStranded(chosen))
            {
                chosen.ForEach(task => ledger.Spare(task, needy.Role));
                chosen = Choose(needy, Able(), ledger, out left);
            }

            taken.UnionWith(chosen.Select(static task => task.Key));
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

    /// <summary>
    /// Those that go first until each part of the need is covered; then, from the last to the first, whoever turns
    /// out not to be needed beside the others is spared. So the one who would go last of them is needed, and is the
    /// earliest that can be.
    /// </summary>
    private static List<ReclaimTask> Choose(
        ReclaimRole needy, IReadOnlyList<ReclaimTask> tasks, ReclaimLedger ledger, out ResourceSet left)
    {
        var needs = new ReclaimNeeds(needy);
        var chosen = new List<ReclaimTask>();
        for (var part = 0; part < needs.Count; part++)
        {
            ChooseFor(needy.Role, needs, part, tasks.Where(task => !chosen.Contains(task)), ledger, chosen);
        }

        for (var index = chosen.Count - 1; index >= 0; index--)
        {
            var task = chosen[index];
            if (!task.IsEnding && needs.IsMetWithout(task))
            {
                needs.Spare(task);
                ledger.Spare(task, needy.Role);
                chosen.RemoveAt(index);
            }
        }

        left = needs.Missing().Aggregate(static (sum, missing) => sum + missing);
        return chosen;
    }

    private static void ChooseFor(
        RoleName needy,
        ReclaimNeeds needs,
        int part,
        IEnumerable<ReclaimTask> tasks,
        ReclaimLedger ledger,
        List<ReclaimTask> chosen)
    {
        var left = needs.Missing()[part];
        var amount = left;
        var queue = new PriorityQueue<ReclaimTask, ReclaimRank>(
            tasks.Where(task => needs.IsFor(part, task)).Select(task => (task, ReclaimRank.Of(task, amount))));
        while (!left.IsEmpty && queue.TryDequeue(out var task, out _))
        {
            var helps = !left.Intersect(task.Frees).IsEmpty;
            if (helps && (task.IsEnding || ledger.Allows(task, needy)))
            {
                ledger.Take(task, needy);
                needs.Take(task);
                chosen.Add(task);
                left = needs.Missing()[part];
            }
        }
    }

    // What the role and its sub-roles hold counts as its own: nothing is won by moving it among them.
    private static bool Helps(RoleName needy, in ResourceSet unmet, ReclaimTask task) =>
        !task.Role.IsWithin(needy) && !unmet.Intersect(task.Frees).IsEmpty;

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
