using ClusterScheduler.Core.Agents;

namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// The agents, the order in which a round visits them (by id, so that nothing depends on the order of arrival), and
/// which of them have something free.
/// </summary>
internal sealed class AgentTable
{
    // Between neighbours, so that a few agents that come in between need no new ranks of others.
    private const long RankGap = 1L << 32;

    // More new agents than this are merged into the order, fewer are moved in one by one.
    private const int MovesMost = 32;

    private readonly Dictionary<AgentId, AgentState> byId = [];
    private readonly List<AgentState> unranked = [];
    private readonly List<AgentState> free = [];
    private readonly List<AgentState> gathered = [];
    private AgentState[] ranked = [];
    private int rankedCount;

    public int Count => byId.Count;

    /// <summary>Agents that are active and have something free, in no particular order.</summary>
    public IReadOnlyList<AgentState> Free => free;

    public AgentState? Find(AgentId id) => byId.GetValueOrDefault(id);

    public void Add(AgentState agent)
    {
        byId.Add(agent.Profile.Id, agent);
        unranked.Add(agent);
    }

    public void Remove(AgentState agent)
    {
        byId.Remove(agent.Profile.Id);
        SetFree(agent, false);
        if (agent.Rank < 0)
        {
            unranked.Remove(agent);
            return;
        }

        var at = PlaceOf(agent.Rank);
        Array.Copy(ranked, at + 1, ranked, at, --rankedCount - at);
        ranked[rankedCount] = null!;
        agent.Rank = -1;
    }

    /// <summary>All agents by id.</summary>
    public ReadOnlySpan<AgentState> InOrder()
    {
        EnsureRanks();
        return ranked.AsSpan(0, rankedCount);
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
        if (gathered.Count > rankedCount >> 3)
        {
            gathered.Clear();
            foreach (var agent in ranked.AsSpan(0, rankedCount))
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
            agent.SharedOffered = default;
        }

        gathered.Clear();
    }

    private void EnsureRanks()
    {
        if (unranked.Count == 0)
        {
            return;
        }

        var moved = 0;
        while (unranked.Count <= MovesMost && moved < unranked.Count && TryInsert(unranked[moved]))
        {
            moved++;
        }

        unranked.RemoveRange(0, moved);
        if (unranked.Count > 0)
        {
            Merge();
        }
    }

    /// <summary>Moves one agent to its place; false when there is no rank between its neighbours.</summary>
    private bool TryInsert(AgentState agent)
    {
        int low = 0, high = rankedCount;
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (ranked[middle].Profile.Id.CompareTo(agent.Profile.Id) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        var below = low == 0 ? 0 : ranked[low - 1].Rank;
        var above = low == rankedCount ? below + (2 * RankGap) : ranked[low].Rank;
        if (above - below < 2 || above > long.MaxValue / 2)
        {
            return false;
        }

        if (rankedCount == ranked.Length)
        {
            Array.Resize(ref ranked, Math.Max(16, rankedCount * 2));
        }

        Array.Copy(ranked, low, ranked, low + 1, rankedCount - low);
        ranked[low] = agent;
        rankedCount++;
        agent.Rank = below + ((above - below) / 2);
        return true;
    }

    private void Merge()
    {
        unranked.Sort(static (left, right) => left.Profile.Id.CompareTo(right.Profile.Id));
        var merged = new AgentState[byId.Count];
        int to = 0, added = 0;
        foreach (var agent in ranked.AsSpan(0, rankedCount))
        {
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
        (ranked, rankedCount) = (merged, merged.Length);
        for (var at = 0; at < merged.Length; at++)
        {
            merged[at].Rank = (at + 1) * RankGap;
        }
    }

    private int PlaceOf(long rank)
    {
        int low = 0, high = rankedCount - 1;
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (ranked[middle].Rank < rank)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
