namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// One pass over the agents for all demands of a client. What a rule says of an agent it says for itself, whatever
/// other rules say. An agent is asked about once; what a demand makes of it is measured with others of its block.
/// </summary>
/// <param name="client">Who asks.</param>
/// <param name="room">What quota leaves it.</param>
/// <param name="everywhere">Rules that stand against it at every agent.</param>
/// <param name="filterGpus">Whether agents with GPUs are kept for those that say so.</param>
/// <param name="view">What it could have at agents.</param>
/// <param name="now">In ticks; filters that ended until then do not count.</param>
/// <param name="demands">What is asked for.</param>
internal sealed class WhyPass(
    ClientState client,
    QuotaRoom room,
    RuleSet everywhere,
    bool filterGpus,
    FreeView view,
    long now,
    IReadOnlyList<Demand> demands)
{
    private readonly AskedNames asked = AskedNames.Of(demands);
    private readonly RuleNumbers numbers = new();
    private readonly DemandAtAgents here = new();
    private readonly Listed<FilterView, (long, long)> filters = new();
    private AgentBlock? fit;
    private AgentBlock? unfit;
    private AgentState? last;
    private FreeParts lastParts;
    private RuleSet lastRules;

    public int FilterCount { get; private set; }

    /// <summary>One a demand, in their order.</summary>
    public WhyTally[] Tallies => field ??= [.. demands.Select(demand => new WhyTally(
        demand, [.. demand.Others.Select(item => asked.Others.IndexOf(item))]))];

    /// <summary>Looks at all agents; they come in the order of their ids.</summary>
    public void See(ReadOnlySpan<AgentState> agents)
    {
        foreach (var agent in agents)
        {
            See(agent);
        }

        Count(fit);
        Count(unfit);
        foreach (var tally in Tallies)
        {
            tally.Sum(numbers);
        }
    }

    /// <summary>The filters that end first, those first; once.</summary>
    public List<FilterView> Filters() => filters.Drain();

    private void See(AgentState agent)
    {
        Look(agent);
        var rules = (everywhere | lastRules | OfferRules.Against(agent, client, filterGpus))
            .With(OfferRule.AgentInactive, !agent.IsActive)
            .With(OfferRule.Filtered, IsFiltered(agent, lastParts));
        var isUnfit = rules.HasAny(RuleSet.Unfit);
        var block = isUnfit
            ? unfit ??= new AgentBlock(isUnfit, room.HasQuota, asked)
            : fit ??= new AgentBlock(isUnfit, room.HasQuota, asked);
        block.Add(agent, numbers.NumberOf(rules), lastParts);
        if (block.IsFull)
        {
            Count(block);
        }
    }

    // Neighbours are alike in many clusters.
    private void Look(AgentState agent)
    {
        if (last is null || agent.Free != last.Free || agent.Shared != last.Shared)
        {
            lastParts = view.PartsAt(agent);
            lastRules = view.RulesAgainst(agent, lastParts);
        }

        last = agent;
    }

    private void Count(AgentBlock? block)
    {
        foreach (var tally in block is null ? [] : Tallies)
        {
            tally.Count(block!, here, numbers);
        }

        block?.Clear();
    }

    private bool IsFiltered(AgentState agent, in FreeParts parts)
    {
        if (agent.Filters is null)
        {
            return false;
        }

        var isFiltered = false;
        for (var at = -1; agent.Filters.TryNext(client.FilterNumber, now, ref at, out var refused, out var expiry);)
        {
            var offer = parts.Filterable;
            isFiltered |= !offer.IsEmpty && refused.Contains(offer);
            FilterCount++;
            if (filters.IsKept((-expiry, -agent.Rank)))
            {
                var until = new DateTimeOffset(expiry, TimeSpan.Zero);
                filters.Keep((-expiry, -agent.Rank), new FilterView(agent.Profile.Id, refused, until));
            }
        }

        return isFiltered;
    }
}
