using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Preemption;

/// <summary>
/// Where what ends helps the role that waits: it can be offered the agent, and what is free there then reaches the
/// least offer that a framework of it takes.
/// </summary>
/// <param name="suits">Whether a role could take an offer of an agent, were so much more free there.</param>
internal sealed class ReclaimPlaces(Func<RoleName, AgentId, ResourceSet, bool> suits)
{
    private readonly Dictionary<AgentId, ReclaimPlace> places = [];
    private RoleName needy;
    private int turn;

    /// <summary>Notes that the task runs at its agent.</summary>
    public ReclaimPlace PlaceOf(ReclaimTask task)
    {
        if (!places.TryGetValue(task.Agent, out var place))
        {
            places.Add(task.Agent, place = new ReclaimPlace(task.Agent));
        }

        place.Held[task.Role] = place.Held.GetValueOrDefault(task.Role) + task.Frees;
        return place;
    }

    /// <summary>The next role that waits.</summary>
    public void Begin(RoleName role)
    {
        needy = role;
        turn++;
    }

    /// <summary>
    /// Whether it could help were all others at the agent to go. Most agents run many of the tasks, and each answer
    /// looks at all frameworks of the role.
    /// </summary>
    public bool MaySuit(ReclaimPlace place)
    {
        if (place.Turn != turn)
        {
            var most = place.Held.Where(each => !each.Key.IsWithin(needy))
                .Aggregate(ResourceSet.Empty, static (sum, each) => sum + each.Value);
            (place.Turn, place.MaySuit) = (turn, suits(needy, place.Agent, most));
        }

        return place.MaySuit;
    }

    /// <summary>
    /// Whether some of the chosen tasks would end for nothing, since too little comes together where they run. Their
    /// agents suit no more.
    /// </summary>
    public bool AnyStranded(IEnumerable<ReclaimCandidate> chosen)
    {
        var isAny = false;
        foreach (var there in chosen.GroupBy(static each => each.Place))
        {
            var freed = there.Aggregate(ResourceSet.Empty, static (sum, each) => sum + each.Task.Frees);
            if (!suits(needy, there.Key.Agent, freed))
            {
                there.Key.MaySuit = false;
                isAny = true;
            }
        }

        return isAny;
    }
}

/// <summary>An agent where tasks run that could go.</summary>
/// <param name="agent">Which.</param>
internal sealed class ReclaimPlace(AgentId agent)
{
    public AgentId Agent { get; } = agent;

    /// <summary>What the tasks of each role would free.</summary>
    public Dictionary<RoleName, ResourceSet> Held { get; } = [];

    /// <summary>For which of the roles that wait the answer is.</summary>
    public int Turn { get; set; }

    public bool MaySuit { get; set; }
}
