using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Preemption;

/// <summary>
/// What is taken from each role while one plan is made. A role above both the one that gives and the one that gets
/// keeps what it has, so its account is not asked.
/// </summary>
internal sealed class ReclaimLedger(IEnumerable<ReclaimRole> roles)
{
    private readonly Dictionary<RoleName, ReclaimRole> accounts = roles.ToDictionary(static role => role.Role);
    private readonly Dictionary<RoleName, ResourceSet> taken = [];
    private readonly Dictionary<RoleName, ResourceSet> takenOwn = [];

    /// <summary>Whether every role that loses the task stays at its guarantee.</summary>
    public bool Allows(ReclaimTask task, RoleName needy)
    {
        if (needy.IsWithin(task.Role))
        {
            return !accounts.TryGetValue(task.Role, out var above)
                || above.OwnExcess.Contains(takenOwn.GetValueOrDefault(task.Role) + task.Frees);
        }

        foreach (var role in LosersOf(task, needy))
        {
            if (accounts.TryGetValue(role, out var loser)
                && !loser.Excess.Contains(taken.GetValueOrDefault(role) + task.Frees))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The task goes: its roles have less to give.</summary>
    public void Take(ReclaimTask task, RoleName needy)
    {
        takenOwn[task.Role] = takenOwn.GetValueOrDefault(task.Role) + task.Frees;
        foreach (var role in LosersOf(task, needy))
        {
            taken[role] = taken.GetValueOrDefault(role) + task.Frees;
        }
    }

    /// <summary>It was taken, and is spared after all.</summary>
    public void Spare(ReclaimTask task, RoleName needy)
    {
        takenOwn[task.Role] -= task.Frees;
        foreach (var role in LosersOf(task, needy))
        {
            taken[role] -= task.Frees;
        }
    }

    private static IEnumerable<RoleName> LosersOf(ReclaimTask task, RoleName needy)
    {
        for (RoleName? role = task.Role; role is { } loser && !needy.IsWithin(loser); role = loser.Parent)
        {
            yield return loser;
        }
    }
}
