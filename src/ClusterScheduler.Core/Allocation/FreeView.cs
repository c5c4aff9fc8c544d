using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>What one client could have at agents, for explanations.</summary>
/// <param name="client">Who asks.</param>
/// <param name="room">What quota leaves it.</param>
/// <param name="names">Numbers of names.</param>
internal sealed class FreeView(ClientState client, QuotaRoom room, ScalarNames names)
{
    private readonly bool canReachMinimum = client.Minimum.IsReachedBy(Quantities.NoLimit, names);

    public FreeParts PartsAt(AgentState agent)
    {
        var free = PartOf(agent, Quantities.NoLimit);
        if (!room.HasQuota)
        {
            return new FreeParts(free);
        }

        var counted = names.Unreserved(free.Set);
        var isLimited = !room.Limits.Covers(counted);
        var isKept = !room.Headroom.Covers(counted);
        var limited = isLimited ? PartOf(agent, room.Limits) : free;
        var kept = isKept ? PartOf(agent, room.Headroom) : free;
        return new FreeParts(free)
        {
            WithinLimits = limited,
            WithinHeadroom = kept,
            Offerable = !isKept ? limited : !isLimited ? kept : PartOf(agent, room.Both),
            LimitHere = free.Amounts - counted + room.Limits,
            IsLimited = isLimited,
            IsKept = isKept,
        };
    }

    /// <summary>The rules about what is free, but for those that depend on a demand.</summary>
    public RuleSet RulesAgainst(AgentState agent, in FreeParts parts)
    {
        var isNothing = parts.Free.Set.IsEmpty;
        return default(RuleSet)
            .With(OfferRule.NothingFree, agent.Free.IsEmpty)
            .With(OfferRule.NotForThisRole, isNothing && !agent.Free.IsEmpty)
            .With(OfferRule.QuotaLimit, room.HasQuota && canReachMinimum
                && !client.Minimum.IsReachedBy(parts.LimitHere, names))
            .With(OfferRule.BelowMinimum, !isNothing && !parts.Free.IsWorth);
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
}
