using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// What one client could have of the agents that have the same free, and these agents by the rules that stand against
/// them. Quota cuts what is free; where it does not, the parts are one and the same.
/// </summary>
internal sealed class FreeKind
{
    /// <summary>What is free for the role and understood by the framework, whatever other rules say.</summary>
    public required FreePart Free { get; init; }

    /// <summary>What limits leave of it.</summary>
    public required FreePart WithinLimits { get; init; }

    /// <summary>What guarantees of other roles leave of it.</summary>
    public required FreePart WithinHeadroom { get; init; }

    /// <summary>What both leave of it: what could be offered.</summary>
    public required FreePart Offerable { get; init; }

    /// <summary>The most that limits let the role have here, however much were free.</summary>
    public required Quantities LimitHere { get; init; }

    /// <summary>Rules about what is free, but for the demand.</summary>
    public required RuleSet Rules { get; init; }

    /// <summary>Its agents: the first group, which knows the next one.</summary>
    public AgentGroup? Groups { get; private set; }

    /// <summary>Whether there is anything that a demand could be too large for.</summary>
    public bool IsNothing => Free.Set.IsEmpty;

    /// <summary>What a filter is asked about: the offer, or what it would be if quota left any.</summary>
    public ResourceSet Filterable => Offerable.Set.IsEmpty ? Free.Set : Offerable.Set;

    /// <summary>Counts an agent among those with the same rules; they come in the order of their ids.</summary>
    public void Add(AgentState agent, RuleSet rules)
    {
        var group = Groups;
        while (group is not null && group.Rules != rules)
        {
            group = group.Next;
        }

        if (group is null)
        {
            Groups = new AgentGroup(rules, agent, Groups);
        }
        else
        {
            group.Add(agent);
        }
    }
}

/// <summary>Some resources with what is asked of them again and again.</summary>
internal sealed class FreePart(in ResourceSet set, in Quantities amounts, bool isWorth)
{
    public ResourceSet Set { get; } = set;

    /// <summary>All scalars of it.</summary>
    public Quantities Amounts { get; } = amounts;

    /// <summary>Whether it reaches the smallest offer.</summary>
    public bool IsWorth { get; } = isWorth;

    public bool Holds(Demand demand) => IsWorth && demand.Distance(Set, Amounts) == 0;
}

/// <summary>Agents that have the same free and the same rules against them.</summary>
internal sealed class AgentGroup(RuleSet rules, AgentState first, AgentGroup? next)
{
    private List<AgentState>? others;

    public RuleSet Rules { get; } = rules;

    public AgentGroup? Next { get; } = next;

    public int Count { get; private set; } = 1;

    /// <summary>How many of them are kept by name: as many as an answer can list.</summary>
    public int KeptCount => 1 + (others?.Count ?? 0);

    public AgentState this[int at] => at == 0 ? first : others![at - 1];

    public void Add(AgentState agent)
    {
        Count++;
        if (KeptCount < WhyAnswer.ListedMax)
        {
            (others ??= []).Add(agent);
        }
    }
}
