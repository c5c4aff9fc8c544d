using ClusterScheduler.Core.Agents;

namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// The agents, the order in which a round visits them (by id, so that nothing depends on the order of arrival), and
/// which of them have something free.
/// </summary>
internal sealed class AgentTable
{
    private readonly Dictionary<AgentId, AgentState> byId = [];
    private readonly List<AgentState> unranked = [];
    private readonly List<AgentState> free = [];
    private readonly List<AgentState> gathered = [];
    private AgentState[] ranked = [];
    private bool isRankStale;

    public int Count => byId.Count;

    /// <summary>Agents that are active and have something free, in no particular order.</summary>
    public IReadOnlyList<AgentState> Free => free;

    public AgentState? Find(AgentId id) => byId.GetValueOrDefault(id);

    public void Add(AgentState agent)
    {
        byId.Add(agent.Profile.Id, agent);
        unranked.Add(agent);
        isRankStale = true;
    }

    public void Remove(AgentState agent)
    {
        byId.Remove(agent.Profile.Id);
        SetFree(agent, false);
        isRankStale = true;
    }

    /// <summary>All agents by id.</summary>
    public ReadOnlySpan<AgentState> InOrder()
    {
        EnsureRanks();
        return ranked;
    }

    public void SetFree(AgentState agent, bool isFree)
    {
        if (isFree == agent.FreeIndex >= 0)
        {
            return;
        }

        if (isFree)
        {
            agent.FreeIndex = free.Count;
            free.Add(agent);
            return;
        }

        var last = free[^1];
        free[agent.FreeIndex] = last;
        last.FreeIndex = agent.FreeIndex;
        free.RemoveAt(free.Count - 1);
        agent.FreeIndex = -1;
    }

    /// <summary>Takes an agent up for the present round, once.</summary>
    public void Gather(AgentState agent)
    {
        if (!agent.IsInRound && agent.FreeIndex >= 0)
        {
            agent.IsInRound = true;
            gathered.Add(agent);
        }
    }

    /// <summary>The gathered agents in order; valid until <see cref="EndRound"/>.</summary>
    public IReadOnlyList<AgentState> Gathered()
    {
        EnsureRanks();
        if (gathered.Count > ranked.Length >> 3)
        {
            gathered.Clear();
            foreach (var agent in ranked)
            {
                if (agent.IsInRound)
                {
                    gathered.Add(agent);
                }
            }
        }
        else
        {
            gathered.Sort(static (left, right) => left.Rank.CompareTo(right.Rank));
        }

        return gathered;
    }

    public void EndRound()
    {
        foreach (var agent in gathered)
        {
            agent.IsInRound = false;
            agent.SharedOffered = false;
        }

        gathered.Clear();
    }

    private void EnsureRanks()
    {
        if (!isRankStale)
        {
            return;
        }

        isRankStale = false;
        unranked.RemoveAll(agent => Find(agent.Profile.Id) != agent);
        unranked.Sort(static (left, right) => left.Profile.Id.CompareTo(right.Profile.Id));
        var merged = new AgentState[byId.Count];
        int to = 0, added = 0;
        foreach (var agent in ranked)
        {
            if (Find(agent.Profile.Id) != agent)
            {
                continue;
            }

            while (added < unranked.Count && unranked[added].Profile.Id.CompareTo(agent.Profile.Id) < 0)
            {
                merged[to++] = unranked[added++];
            }

            merged[to++] = agent;
        }

        while (added < unranked.Count)
        {
            merged[to++] = unranked[added++];
        }

        unranked.Clear();
        ranked = merged;
        for (var rank = 0; rank < ranked.Length; rank++)
        {
            ranked[rank].Rank = rank;
        }
    }
}
