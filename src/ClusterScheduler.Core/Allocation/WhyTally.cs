using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>What comes together for one demand while the agents are gone through.</summary>
internal sealed class WhyTally(Demand demand)
{
    private readonly PriorityQueue<NearAgent, (double, int, long)> nearest = new();

    public Demand Demand { get; } = demand;

    public SortedDictionary<OfferRule, int> RuledOut { get; } = [];

    /// <summary>Counts an agent under its rule, and keeps it if it comes as close as those kept before.</summary>
    public void Count(AgentState agent, in ResourceSet offerable, double distance, OfferRule rule)
    {
        RuledOut[rule] = RuledOut.GetValueOrDefault(rule) + 1;
        var closeness = rule == OfferRule.None ? int.MaxValue : (int)rule;
        if (IsKept(nearest, (-distance, closeness, -agent.Rank)))
        {
            var near = new NearAgent(agent.Profile.Id, rule, offerable, Demand.Missing(offerable));
            Keep(nearest, (-distance, closeness, -agent.Rank), near);
        }
    }

    /// <summary>The agents that were kept, nearest first; once.</summary>
    public List<NearAgent> Nearest() => Drain(nearest);

    // The queue gives up its smallest first, so the worst kept is at its head.
    public static bool IsKept<TItem, TPriority>(PriorityQueue<TItem, TPriority> queue, TPriority priority) =>
        queue.Count < WhyAnswer.ListedMax
        || (queue.TryPeek(out _, out var worst) && Comparer<TPriority>.Default.Compare(priority, worst) > 0);

    public static void Keep<TItem, TPriority>(
        PriorityQueue<TItem, TPriority> queue, TPriority priority, TItem item)
    {
        queue.Enqueue(item, priority);
        if (queue.Count > WhyAnswer.ListedMax)
        {
            queue.Dequeue();
        }
    }

    public static List<TItem> Drain<TItem, TPriority>(PriorityQueue<TItem, TPriority> queue)
    {
        var items = new List<TItem>(queue.Count);
        while (queue.TryDequeue(out var item, out _))
        {
            items.Add(item);
        }

        items.Reverse();
        return items;
    }
}
