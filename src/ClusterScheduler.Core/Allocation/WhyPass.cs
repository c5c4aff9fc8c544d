using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// One pass over the agents for all demands of a client. What a rule says of an agent it says for itself, whatever
/// other rules say. Agents that have the same free are asked about once, then once a demand.
/// </summary>
/// <param name="client">Who asks.</param>
/// <param name="room">What quota leaves it.</param>
/// <param name="everywhere">Rules that stand against it at every agent.</param>
/// <param name="filterGpus">Whether agents with GPUs are kept for those that say so.</param>
/// <param name="names">Numbers of names.</param>
/// <param name="now">In ticks; filters that ended until then do not count.</param>
internal sealed class WhyPass(
    ClientState client, QuotaRoom room, RuleSet everywhere, bool filterGpus, ScalarNames names, long now)
{
    private readonly Dictionary<FreeKey, FreeKind> kinds = [];
    private readonly PriorityQueue<FilterView, (long, long)> filters = new();

    public int FilterCount { get; private set; }

    /// <summary>The filters that end first, those first; once.</summary>
    public List<FilterView> Filters() => WhyTally.Drain(filters);

    /// <summary>Takes an agent up; they come in the order of their ids.</summary>
    public void See(AgentState agent)
    {
        var key = new FreeKey(agent.Free, agent.Shared);
        if (!kinds.TryGetValue(key, out var kind))
        {
            kinds.Add(key, kind = KindOf(agent));
        }

        kind.Add(agent, (everywhere | OfferRules.Against(agent, client, filterGpus))
            .With(OfferRule.AgentInactive, !agent.IsActive)
            .With(OfferRule.Filtered, IsFiltered(agent, kind.Filterable)));
    }

    /// <summary>Counts what stands against each demand at the agents that were seen.</summary>
    public void Count(ReadOnlySpan<WhyTally> tallies)
    {
        foreach (var kind in kinds.Values)
        {
            foreach (var tally in tallies)
            {
                var distance = tally.Demand.Distance(kind.Free.Set, kind.Free.Amounts);
                var rules = kind.Rules.With(OfferRule.TooSmall, distance > 0 && !kind.IsNothing);
                rules = room.HasQuota ? rules | QuotaRules(kind, tally.Demand, distance) : rules;
                for (var group = kind.Groups; group is not null; group = group.Next)
                {
                    tally.Count(kind, group, group.Rules | rules, distance);
                }
            }
        }
    }

    /// <summary>
    /// A limit counts where it leaves less than is asked for, however much were free; headroom where it takes away
    /// something that is free and asked for. Either also where what is free would do but for it.
    /// </summary>
    private static RuleSet QuotaRules(FreeKind kind, Demand demand, double distance)
    {
        var wouldDo = kind.Free.IsWorth && distance == 0;
        var limited = !demand.IsWithin(kind.LimitHere) || (wouldDo && !kind.WithinLimits.Holds(demand));
        var rules = kind.Rules.With(OfferRule.QuotaLimit, limited);
        if (kind.Offerable == kind.WithinLimits)
        {
            return rules;
        }

        var left = kind.WithinHeadroom;
        var taken = (kind.Free.IsWorth && !left.IsWorth) || demand.Distance(left.Set, left.Amounts) > distance
            || (wouldDo && !limited && !kind.Offerable.Holds(demand));
        return rules.With(OfferRule.Headroom, taken);
    }

    private FreeKind KindOf(AgentState agent)
    {
        var free = PartOf(agent, Quantities.NoLimit);
        var (limited, kept, offerable, limitHere) = (free, free, free, Quantities.NoLimit);
        if (room.HasQuota)
        {
            var counted = names.Unreserved(free.Set);
            limited = room.Limits.Covers(counted) ? free : PartOf(agent, room.Limits);
            kept = room.Headroom.Covers(counted) ? free : PartOf(agent, room.Headroom);
            offerable = kept == free ? limited : limited == free ? kept : PartOf(agent, room.Both);
            limitHere = free.Amounts - counted + room.Limits;
        }

        var isBelow = !free.Set.IsEmpty && !free.IsWorth;
        return new FreeKind
        {
            Free = free,
            WithinLimits = limited,
            WithinHeadroom = kept,
            Offerable = offerable,
            LimitHere = limitHere,
            Rules = default(RuleSet)
                .With(OfferRule.NothingFree, agent.Free.IsEmpty)
                .With(OfferRule.NotForThisRole, !agent.Free.IsEmpty && free.Set.IsEmpty)
                .With(OfferRule.QuotaLimit, room.HasQuota && !client.Minimum.IsReachedBy(limitHere, names)
                    && client.Minimum.IsReachedBy(Quantities.NoLimit, names))
                .With(OfferRule.BelowMinimum, isBelow),
        };
    }

    private FreePart PartOf(AgentState agent, in Quantities allowed)
    {
        var alone = OfferRules.PartOf(agent, client, allowed, names);
        var amounts = names.All(alone);
        var isWorth = !alone.IsEmpty && client.Minimum.IsReachedBy(amounts, names);
        return new FreePart(
            alone.IsEmpty || agent.Shared.IsEmpty ? alone : alone + OfferRules.SharedFor(client, agent),
            amounts,
            isWorth);
    }

    private bool IsFiltered(AgentState agent, in ResourceSet offer)
    {
        var isFiltered = false;
        foreach (var (refused, expiry) in agent.Filters?.Of(client.FilterNumber, now) ?? [])
        {
            isFiltered |= !offer.IsEmpty && refused.Contains(offer);
            FilterCount++;
            if (WhyTally.IsKept(filters, (-expiry, -agent.Rank)))
            {
                var until = new DateTimeOffset(expiry, TimeSpan.Zero);
                WhyTally.Keep(filters, (-expiry, -agent.Rank), new FilterView(agent.Profile.Id, refused, until));
            }
        }

        return isFiltered;
    }

    // Told apart by every item: sets of many agents may differ in the last one only.
    private readonly record struct FreeKey(ResourceSet Free, ResourceSet Shared)
    {
        public override int GetHashCode()
        {
            var hash = default(HashCode);
            hash.Add(Free.Main);
            foreach (var item in Free.Rest ?? [])
            {
                hash.Add(item);
            }

            foreach (var item in Shared.Rest ?? [])
            {
                hash.Add(item);
            }

            return hash.ToHashCode();
        }
    }
}

/// <summary>What quota leaves a role, of resources that count.</summary>
/// <param name="HasQuota">Whether any role has a guarantee or a limit; without, nothing is cut.</param>
/// <param name="Limits">What limits on its path leave.</param>
/// <param name="Headroom">What guarantees of others leave.</param>
internal sealed record QuotaRoom(bool HasQuota, Quantities Limits, Quantities Headroom)
{
    public Quantities Both { get; } = Quantities.Min(Limits, Headroom);
}
