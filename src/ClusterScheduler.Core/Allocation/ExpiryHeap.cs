using System.Diagnostics.CodeAnalysis;

namespace ClusterScheduler.Core.Allocation;

/// <summary>Agents by the instant at which their next filter ends; each agent is in it at most once.</summary>
internal sealed class ExpiryHeap
{
    private readonly List<AgentState> heap = [];

    /// <summary>The earliest expiry in ticks, or MaxValue.</summary>
    public long Next => heap.Count == 0 ? long.MaxValue : heap[0].NextExpiry;

    /// <summary>Sets the agent's next expiry; MaxValue takes it out.</summary>
    public void Set(AgentState agent, long expiry)
    {
        if (agent.HeapIndex < 0)
        {
            if (expiry == long.MaxValue)
            {
                return;
            }

            agent.HeapIndex = heap.Count;
            heap.Add(agent);
        }

        agent.NextExpiry = expiry;
        if (expiry == long.MaxValue)
        {
            TakeOut(agent);
        }
        else
        {
            Down(Up(agent.HeapIndex));
        }
    }

    public bool TryPeek(long now, [NotNullWhen(true)] out AgentState? agent)
    {
        agent = Next <= now ? heap[0] : null;
        return agent is not null;
    }

    private void TakeOut(AgentState agent)
    {
        var at = agent.HeapIndex;
        var last = heap[^1];
        heap.RemoveAt(heap.Count - 1);
        agent.HeapIndex = -1;
        if (last != agent)
        {
            heap[at] = last;
            last.HeapIndex = at;
            Down(Up(at));
        }
    }

    private int Up(int at)
    {
        while (at > 0 && heap[at].NextExpiry < heap[(at - 1) / 2].NextExpiry)
        {
            Swap(at, (at - 1) / 2);
            at = (at - 1) / 2;
        }

        return at;
    }

    private void Down(int at)
    {
        for (var child = (2 * at) + 1; child < heap.Count; child = (2 * at) + 1)
        {
            if (child + 1 < heap.Count && heap[child + 1].NextExpiry < heap[child].NextExpiry)
            {
                child++;
            }

            if (heap[at].NextExpiry <= heap[child].NextExpiry)
            {
                return;
            }

            Swap(at, child);
            at = child;
        }
    }

    private void Swap(int left, int right)
    {
        (heap[left], heap[right]) = (heap[right], heap[left]);
        heap[left].HeapIndex = left;
        heap[right].HeapIndex = right;
    }
}
