using System.Collections.Immutable;
using System.Numerics;

namespace ClusterScheduler.Core.Allocation;

/// <summary>The rules that stand against an offer, each for itself, in the order in which they are asked.</summary>
internal readonly record struct RuleSet(uint Bits)
{
    /// <summary>So many rules can be told apart.</summary>
    public const int RulesMax = 32;

    /// <summary>Keep the agent away whatever is free: it is farther than one that has too little.</summary>
    public static RuleSet Unfit { get; } = Of(
        OfferRule.AgentInactive, OfferRule.AgentLacksMultiRole, OfferRule.AgentLacksHierarchicalRole, OfferRule.Gpu,
        OfferRule.Region, OfferRule.Constraints);

    /// <summary>Say that nothing is free for the client.</summary>
    public static RuleSet Nothing { get; } = Of(OfferRule.NothingFree, OfferRule.NotForThisRole);

    public bool IsEmpty => Bits == 0;

    /// <summary>The one that is asked first; none of an empty set.</summary>
    public OfferRule First => IsEmpty ? OfferRule.None : (OfferRule)BitOperations.TrailingZeroCount(Bits);

    /// <summary>The later its first rule is asked, the closer; closest without any.</summary>
    public int Closeness => IsEmpty ? int.MaxValue : (int)First;

    public static RuleSet operator |(RuleSet left, RuleSet right) => new(left.Bits | right.Bits);

    public static RuleSet Of(params ReadOnlySpan<OfferRule> rules)
    {
        var set = default(RuleSet);
        foreach (var rule in rules)
        {
            set = set.With(rule);
        }

        return set;
    }

    /// <summary>The set with the rule, where it applies.</summary>
    public RuleSet With(OfferRule rule, bool applies = true) => applies ? new(Bits | (1u << (int)rule)) : this;

    public bool HasAny(RuleSet others) => (Bits & others.Bits) != 0;

    public RuleSet WithoutFirst() => new(Bits & (Bits - 1));

    public ImmutableArray<OfferRule> ToArray()
    {
        var rules = ImmutableArray.CreateBuilder<OfferRule>();
        for (var left = this; !left.IsEmpty; left = left.WithoutFirst())
        {
            rules.Add(left.First);
        }

        return rules.ToImmutable();
    }
}
