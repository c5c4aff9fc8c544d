using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Preemption;

/// <summary>
/// Preemption between roles. A role that was below its guarantee for long enough takes back what others use
/// beyond theirs:
/// first their frameworks are asked, with a deadline; then revocable tasks are killed, then those of lowest
/// priority, if
/// the operator allows it. Never more than needed, and no role is taken below its own guarantee. Pure.
/// </summary>
public static class ReclaimDecider
{
    /// <summary>The steps that are due now. Decided anew each time: what was asked before is preferred.</summary>
    /// <param name="roles">Accounts of all roles.</param>
    /// <param name="tasks">Running tasks; the order does not matter.</param>
    /// <param name="settings">What is allowed.</param>
    /// <param name="now">The instant of the decision.</param>
    public static ReclaimPlan Decide(
        IReadOnlyList<ReclaimRole> roles,
        IReadOnlyList<ReclaimTask> tasks,
        ReclaimSettings settings,
        DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(roles);
        ArgumentNullException.ThrowIfNull(tasks);
        ArgumentNullException.ThrowIfNull(settings);
        var excess = roles.ToDictionary(role => role.Role, role => role.Excess);
        var candidates = tasks.OrderBy(task => task.AskedAt is null)
            .ThenByDescending(task => task.IsRevocable).ThenBy(task => task.Priority)
            .ThenBy(task => task.Framework).ThenBy(task => task.Task)
            .ToList();
        var steps = new List<ReclaimStep>();
        var missing = new List<(RoleName, ResourceSet)>();
        foreach (var needy in roles.Where(role => IsDue(role, settings, now)).OrderBy(role => role.Role))
        {
            var victims = Choose(needy, candidates, excess, out var left);
            candidates.RemoveAll(victims.Contains);
            steps.AddRange(victims.Select(task => Step(task, needy.Role, settings, now)));
            if (!left.IsEmpty)
            {
                missing.Add((needy.Role, left));
            }
        }

        return new ReclaimPlan(steps, !settings.IsOn, missing);
    }

    private static bool IsDue(ReclaimRole role, ReclaimSettings settings, DateTimeOffset now) =>
        !role.Unmet.IsEmpty && role.UnmetSince is { } since && now - since >= settings.WaitLeast;

    private static List<ReclaimTask> Choose(
        ReclaimRole needy, List<ReclaimTask> candidates, Dictionary<RoleName, ResourceSet> excess, out ResourceSet left)
    {
        var chosen = new List<ReclaimTask>();
        left = needy.Unmet;
        foreach (var task in candidates)
        {
            if (left.IsEmpty)
            {
                break;
            }

            // A role and those on its path share the guarantee: nothing is won by moving it among them.
            var isRelated = task.Role.IsWithin(needy.Role) || needy.Role.IsWithin(task.Role);
            var helps = !isRelated && Overlap(left, task.Resources);
            if (helps && IsWithinExcess(task, excess))
            {
                Charge(task, excess, sign: -1);
                chosen.Add(task);
                left = Without(left, task.Resources);
            }
        }

        // One that came early may be needless after a larger one that came late; the last resort is spared first.
        foreach (var task in chosen.AsEnumerable().Reverse().ToArray())
        {
            var others = chosen.Where(other => other != task)
                .Aggregate(needy.Unmet, (need, other) => Without(need, other.Resources));
            if (others == left)
            {
                chosen.Remove(task);
                Charge(task, excess, sign: 1);
            }
        }

        return chosen;
    }

    private static ReclaimStep Step(ReclaimTask task, RoleName needy, ReclaimSettings settings, DateTimeOffset now)
    {
        var deadline = (task.AskedAt ?? now) + settings.LeaveWithin;
        var action = task.AskedAt is null ? ReclaimAction.Ask
            : now < deadline ? ReclaimAction.WaitForDeadline
            : task.IsRevocable && settings.MayKillRevocable ? ReclaimAction.KillRevocable
            : settings.MayKillByPriority && !task.IsRevocable ? ReclaimAction.KillByPriority
            : ReclaimAction.NotAllowedToKill;
        return new ReclaimStep(action, task, needy, deadline);
    }

    // The role of the task, and every role above it that has an account, must stay at its guarantee.
    private static bool IsWithinExcess(ReclaimTask task, Dictionary<RoleName, ResourceSet> excess)
    {
        for (RoleName? role = task.Role; role is not null; role = role.Value.Parent)
        {
            if (excess.TryGetValue(role.Value, out var beyond) && !Covers(beyond, task.Resources))
            {
                return false;
            }
        }

        return true;
    }

    private static void Charge(ReclaimTask task, Dictionary<RoleName, ResourceSet> excess, int sign)
    {
        for (RoleName? role = task.Role; role is not null; role = role.Value.Parent)
        {
            if (excess.TryGetValue(role.Value, out var beyond))
            {
                excess[role.Value] = sign < 0
                    ? Without(beyond, task.Resources)
                    : beyond + Scalars(task.Resources);
            }
        }
    }

    private static bool Overlap(in ResourceSet need, ResourceSet resources) =>
        need.Items.Any(item => resources.Get(item.Key.Name) > Scalar.Zero);

    private static bool Covers(ResourceSet beyond, in ResourceSet resources) =>
        Scalars(resources).Items.All(item => beyond.Get(item.Key.Name) >= item.Amount);

    private static ResourceSet Without(in ResourceSet need, ResourceSet resources) =>
        ResourceSet.Of(need.Items.Select(item => item with
        {
            Amount = item.Amount > resources.Get(item.Key.Name)
                ? item.Amount - resources.Get(item.Key.Name)
                : Scalar.Zero,
        }));

    private static ResourceSet Scalars(in ResourceSet set)
    {
        var all = set;
        var names = set.Items.Where(item => item.Key.Kind == ResourceKind.Scalar).Select(item => item.Key.Name);
        return ResourceSet.Of(names.Distinct().Select(name =>
            new ResourceItem(new ResourceKey(name, ResourceKind.Scalar), all.Get(name))));
    }
}
