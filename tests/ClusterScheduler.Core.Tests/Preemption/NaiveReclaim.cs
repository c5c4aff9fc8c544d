using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Preemption;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Tests.Preemption;

/// <summary>The plan from the definitions: for every role that waits, all tasks are gone through anew.</summary>
internal sealed class NaiveReclaim(
    IReadOnlyList<ReclaimRole> roles,
    IReadOnlyList<ReclaimTask> tasks,
    Func<RoleName, AgentId, ResourceSet, bool> suits)
{
    private readonly List<(ReclaimTask Task, RoleName For)> gone = [];

    /// <summary>By role, longest wait first: who goes for it, and what is missing.</summary>
    public string Plan() => string.Join('\n', roles
        .Where(static role => !role.Unmet.IsEmpty && role.UnmetSince is not null)
        .OrderBy(static role => role.UnmetSince).ThenBy(static role => role.Role).Select(PlanFor));

    private string PlanFor(ReclaimRole needy)
    {
        var unfit = new HashSet<AgentId>();
        while (true)
        {
            var before = gone.Count;
            Choose(needy, unfit);
            var stranded = OfRole(needy).GroupBy(static task => task.Agent)
                .Where(there => !suits(needy.Role, there.Key, Sum(there))).Select(static there => there.Key).ToArray();
            if (stranded.Length == 0)
            {
                return $"{needy.Role}: {string.Join(' ', OfRole(needy).Select(static task => task.Task))}, "
                    + $"missing {Left(needy).Aggregate(static (sum, part) => sum + part)}";
            }

            gone.RemoveRange(before, gone.Count - before);
            unfit.UnionWith(stranded);
        }
    }

    private void Choose(ReclaimRole needy, HashSet<AgentId> unfit)
    {
        var able = tasks.Where(task => gone.All(each => each.Task.Key != task.Key) && !task.Role.IsWithin(needy.Role)
            && !unfit.Contains(task.Agent) && suits(needy.Role, task.Agent, Sum(tasks.Where(other =>
                other.Agent == task.Agent && !other.Role.IsWithin(needy.Role))))).ToArray();
        var parts = Parts(needy);
        for (var part = 0; part < parts.Length; part++)
        {
            var left = Left(needy)[part];
            foreach (var task in able.Where(task => IsWithin(task, parts[part]) && gone.All(each => each.Task != task))
                .OrderBy(task => ReclaimRank.Of(task, left)).ToArray())
            {
                if (!Left(needy)[part].Intersect(task.Frees).IsEmpty && (task.IsEnding || MayGo(task, needy.Role)))
                {
                    gone.Add((task, needy.Role));
                }
            }
        }

        foreach (var task in OfRole(needy).Where(static task => !task.IsEnding).Reverse().ToArray())
        {
            var (before, at) = (Left(needy), gone.FindIndex(each => each.Task == task));
            gone.RemoveAt(at);
            if (!Left(needy).SequenceEqual(before))
            {
                gone.Insert(at, (task, needy.Role));
            }
        }
    }

    private IEnumerable<ReclaimTask> OfRole(ReclaimRole needy) =>
        gone.Where(each => each.For == needy.Role).Select(static each => each.Task);

    private static (RoleName? Within, ResourceSet Amount)[] Parts(ReclaimRole needy) =>
    [
        .. needy.Blocked.Select(static part => ((RoleName?)part.Within, part.Amount)),
        (null, needy.Unmet - Sum(needy.Blocked.Select(static part => part.Amount))),
    ];

    private static bool IsWithin(ReclaimTask task, (RoleName? Within, ResourceSet Amount) part) =>
        part.Within is not { } role || task.Role.IsWithin(role);

    private ResourceSet[] Left(ReclaimRole needy)
    {
        var (left, served) = (new List<ResourceSet>(), ResourceSet.Empty);
        foreach (var part in Parts(needy))
        {
            var freed = Sum(OfRole(needy).Where(task => IsWithin(task, part)).Select(static task => task.Frees));
            var got = part.Amount.Intersect(freed.SubtractWhatIsThere(served));
            served += got;
            left.Add(part.Amount - got);
        }

        return [.. left];
    }

    // No role that loses it falls below its guarantee; a role above both only where its own frameworks give.
    private bool MayGo(ReclaimTask task, RoleName needy)
    {
        ResourceSet Lost(Func<(ReclaimTask Task, RoleName For), bool> counts) =>
            Sum(gone.Where(counts).Select(static each => each.Task)) + task.Frees;
        return needy.IsWithin(task.Role)
            ? roles.All(role => role.Role != task.Role
                || role.OwnExcess.Contains(Lost(each => each.Task.Role == task.Role)))
            : roles.All(role => !task.Role.IsWithin(role.Role) || needy.IsWithin(role.Role) || role.Excess.Contains(
                Lost(each => each.Task.Role.IsWithin(role.Role) && !each.For.IsWithin(role.Role))));
    }

    private static ResourceSet Sum(IEnumerable<ReclaimTask> tasks) => Sum(tasks.Select(static task => task.Frees));

    private static ResourceSet Sum(IEnumerable<ResourceSet> amounts) =>
        amounts.Aggregate(ResourceSet.Empty, static (sum, each) => sum + each);
}
