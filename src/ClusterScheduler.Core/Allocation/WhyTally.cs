namespace ClusterScheduler.Core.Allocation;

/// <summary>What comes together for one demand while the agents are gone through.</summary>
internal sealed class WhyTally(Demand demand)
{
    // Keep the agent away whatever is free: it is farther than one that has too little.
    private static readonly RuleSet Unfit = RuleSet.Of(
        OfferRule.AgentInactive, OfferRule.AgentLacksMultiRole, OfferRule.AgentLacksHierarchicalRole, OfferRule.Gpu,
        OfferRule.Region, OfferRule.Constraints);

    private readonly PriorityQueue<Near, Nearness> nearest = new();
    private readonly int[] ruledOut = new int[RuleSet.RulesMax];
    private readonly int[] first = new int[RuleSet.RulesMax];

    public Demand Demand { get; } = demand;

    /// <summary>How many agents each rule keeps away; under None those that none does.</summary>
    public SortedDictionary<OfferRule, int> RuledOut => Counts(ruledOut);

    /// <summary>How many of them no rule that is asked earlier keeps away.</summary>
    public SortedDictionary<OfferRule, int> First => Counts(first);

    public bool IsAnyRuledOutBy(OfferRule rule) => ruledOut[(int)rule] > 0;

    /// <summary>
    /// Counts agents under each of their rules, and keeps those that come as close as those kept before.
    /// </summary>
    public void Count(FreeKind kind, AgentGroup group, RuleSet rules, double distance)
    {
        first[(int)rules.First] += group.Count;
        ruledOut[(int)rules.First] += group.Count;
        for (var left = rules.WithoutFirst(); !left.IsEmpty; left = left.WithoutFirst())
        {
            ruledOut[(int)left.First] += group.Count;
        }

        var closeness = rules.IsEmpty ? int.MaxValue : (int)rules.First;
        for (var at = 0; at < group.KeptCount; at++)
        {
            var nearness = new Nearness(rules.HasAny(Unfit), distance, closeness, group[at].Rank);
            if (!IsKept(nearest, nearness))
            {
                break;
            }

            Keep(nearest, nearness, new Near(group[at], rules, kind));
        }
    }

    /// <summary>The agents that were kept, nearest first; once.</summary>
    public List<NearAgent> Nearest() =>
    [
        .. Drain(nearest).Select(near => new NearAgent(near.Agent.Profile.Id, near.Rules.ToArray(),
            near.Kind.Free.Set, near.Kind.Offerable.Set, Demand.Missing(near.Kind.Free.Set))),
    ];

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

    private static SortedDictionary<OfferRule, int> Counts(int[] agents) =>
        new(agents.Index().Where(static one => one.Item > 0)
            .ToDictionary(static one => (OfferRule)one.Index, static one => one.Item));

    private readonly record struct Near(AgentState Agent, RuleSet Rules, FreeKind Kind);

    /// <summary>The nearer, the greater; of equals the one whose first rule is asked last.</summary>
    private readonly record struct Nearness(bool IsUnfit, double Distance, int Closeness, long Rank)
        : IComparable<Nearness>
    {
        public int CompareTo(Nearness other) =>
            IsUnfit != other.IsUnfit ? (IsUnfit ? -1 : 1)
            : Distance != other.Distance ? other.Distance.CompareTo(Distance)
            : Closeness != other.Closeness ? Closeness.CompareTo(other.Closeness)
            : other.Rank.CompareTo(Rank);
    }
}
