using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Preemption;

/// <summary>
/// Where what ends helps the role that waits: it can be offered the agent, and what is free there then reaches the
/// least offer that a framework of it takes.
/// </summary>
internal sealed class ReclaimPlaces
{
    private readonly Dictionary<AgentId, Dictionary<RoleName, ResourceSet>> held = [];
    private readonly Dictionary<AgentId, bool> known = [];
    private readonly Func<RoleName, AgentId, ResourceSet, bool> suits;
    private RoleName needy;

    /// <summary>Asks the allocator about agents where tasks run.</summary>
    /// <param name="tasks">All tasks.</param>
    /// <param name="suits">Whether a role could take an offer of an agent, were so much more free there.</param>
    public ReclaimPlaces(IEnumerable<ReclaimTask> tasks, Func<RoleName, AgentId, ResourceSet, bool> suits)
    {
        this.suits = suits;
        foreach (var task in tasks)
        {
            if (!held.TryGetValue(task.Agent, out var byRole))
            {
                held.Add(task.Agent, byRole = []);
            }

            byRole[task.Role] = byRole.GetValueOrDefault(task.Role) + task.Frees;
        }
    }

    /// <summary>The next role that waits.</summary>
    public void Begin(RoleName role)
    {
        needy = role;
        known.Clear();
    }

    /// <summary>
    /// Whether it could help were all others at the agent to go. Most agents run many of the tasks, and each answer
    /// looks at all frameworks of the role.
    /// </summary>
    public bool MaySuit(AgentId agent)
    {
        if (!known.TryGetValue(agent, out var isSuiting))
        {
            known.Add(agent, isSuiting = suits(needy, agent, Most(agent)));
        }

        return isSuiting;
    }

    /// <summary>
    /// Whether some of the chosen tasks would end for nothing, since too little comes together where they run. Their
    /// agents suit no more.
    /// </summary>
    public bool AnyStranded(IEnumerable<ReclaimTask> chosen)
    {
        var isAny = false;
        foreach (var there in chosen.GroupBy(static task => task.Agent))
        {
            var freed = there.Aggregate(ResourceSet.Empty, static (sum, task) => sum + task.Frees);
            if (!suits(needy, there.Key, freed))
            {
                known[there.Key] = false;
                isAny = true;
            }
        }

        return isAny;
    }

    private ResourceSet Most(AgentId agent) => held[agent].Where(each => !each.Key.IsWithin(needy))
        .Aggregate(ResourceSet.Empty, static (sum, each) => sum + each.Value);
}
