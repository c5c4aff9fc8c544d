namespace ClusterScheduler.Core.Allocation;

/// <summary>What comes together for one demand while the agents are gone through.</summary>
/// <param name="demand">What is asked for.</param>
/// <param name="others">Which of the items that demands ask for are its own.</param>
internal sealed class WhyTally(Demand demand, int[] others)
{
    private readonly Listed<Near, Nearness> nearest = new();

    // By the number of the rules against an agent and what is short there.
    private int[] agents = [];
    private int[] ruledOut = [];
    private int[] first = [];

    // Of the block that is counted: how close its agents come, those that hold the demand and the others.
    private int closestThatHolds;
    private int closestTooSmall;

    public Demand Demand => demand;

    /// <summary>How many agents each rule keeps away; under None those that none does.</summary>
    public SortedDictionary<OfferRule, int> RuledOut => Counts(ruledOut);

    /// <summary>How many of them no rule that is asked earlier keeps away.</summary>
    public SortedDictionary<OfferRule, int> First => Counts(first);

    public bool IsAnyRuledOutBy(OfferRule rule) => ruledOut[(int)rule] > 0;

    /// <summary>Counts the agents of a block by what stands against them, and keeps the nearest.</summary>
    public void Count(AgentBlock block, DemandAtAgents here, RuleNumbers numbers)
    {
        here.Measure(demand, others, block);
        if (agents.Length < numbers.Count * DemandAtAgents.ShortagesMax)
        {
            Array.Resize(ref agents, numbers.Count * DemandAtAgents.ShortagesMax);
        }

        CountAll(block, here, numbers);
        if (nearest is { IsFull: true, Worst.IsUnfit: false } && block.IsUnfit)
        {
            return;
        }

        var bound = here.Bound();
        var row = here.Next(0, Most(block, bound));
        while (row < block.Count)
        {
            Keep(block, row, here.Distances[row], RulesOf(numbers[block.Rules[row]], here.ShortageAt(row)));
            row = here.Next(row + 1, Most(block, bound));
        }
    }

    /// <summary>Adds up what was counted.</summary>
    public void Sum(RuleNumbers numbers)
    {
        (ruledOut, first) = (new int[RuleSet.RulesMax], new int[RuleSet.RulesMax]);
        for (var at = 0; at < agents.Length; at++)
        {
            var (number, shortage) = Math.DivRem(at, DemandAtAgents.ShortagesMax);
            var rules = RulesOf(numbers[number], (Shortage)shortage);
            first[(int)rules.First] += agents[at];
            ruledOut[(int)rules.First] += agents[at];
            for (var left = rules.WithoutFirst(); !left.IsEmpty; left = left.WithoutFirst())
            {
                ruledOut[(int)left.First] += agents[at];
            }
        }
    }

    /// <summary>The agents that were kept, nearest first; once.</summary>
    public List<NearAgent> Nearest(FreeView view) =>
    [
        .. nearest.Drain().Select(near =>
        {
            var parts = view.PartsAt(near.Agent);
            var free = parts.Free.Set;
            return new NearAgent(
                near.Agent.Profile.Id, near.Rules.ToArray(), free, parts.Offerable.Set, demand.Missing(free));
        }),
    ];

    /// <summary>Nobody can be too small who has nothing at all.</summary>
    private static RuleSet RulesOf(RuleSet rules, Shortage shortage) => rules
        .With(OfferRule.TooSmall, (shortage & Shortage.TooSmall) != 0 && !rules.HasAny(RuleSet.Nothing))
        .With(OfferRule.QuotaLimit, (shortage & Shortage.QuotaLimit) != 0)
        .With(OfferRule.Headroom, (shortage & Shortage.Headroom) != 0);

    private void CountAll(AgentBlock block, DemandAtAgents here, RuleNumbers numbers)
    {
        var counted = (stackalloc int[DemandAtAgents.ShortagesMax]);
        (closestThatHolds, closestTooSmall) = (0, 0);
        foreach (var number in block.RulesPresent)
        {
            counted.Clear();
            here.Count(block.Members(number), counted);
            for (var at = 0; at < counted.Length; at++)
            {
                agents[(number * DemandAtAgents.ShortagesMax) + at] += counted[at];
                var closeness = counted[at] > 0 ? RulesOf(numbers[number], (Shortage)at).Closeness : 0;
                ref var closest = ref (at & (int)Shortage.TooSmall) == 0 ? ref closestThatHolds : ref closestTooSmall;
                closest = Math.Max(closest, closeness);
            }
        }
    }

    /// <summary>
    /// Who is farther is not kept. Agents come in order, so one that is as far as the worst is only kept where it is
    /// closer, and there may be none in the block: mostly very many are equally far.
    /// </summary>
    private double Most(AgentBlock block, double bound)
    {
        if (!nearest.IsFull || nearest.Worst.IsUnfit != block.IsUnfit)
        {
            return bound;
        }

        var distance = nearest.Worst.Distance;
        var closest = distance > 0 ? closestTooSmall : closestThatHolds;
        return Math.Min(bound, nearest.Worst.Closeness < closest ? distance : Math.BitDecrement(distance));
    }

    private void Keep(AgentBlock block, int row, double distance, RuleSet rules)
    {
        var nearness = new Nearness(block.IsUnfit, distance, rules.Closeness, block[row].Rank);
        if (nearest.IsKept(nearness))
        {
            nearest.Keep(nearness, new Near(block[row], rules));
        }
    }

    private static SortedDictionary<OfferRule, int> Counts(int[] agents) =>
        new(agents.Index().Where(static one => one.Item > 0)
            .ToDictionary(static one => (OfferRule)one.Index, static one => one.Item));

    private readonly record struct Near(AgentState Agent, RuleSet Rules);

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
