using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// Some agents in the order of their ids with what one client could have there, a column for each name that a demand
/// asks for. Demands go through columns, four agents in a step, and not through agents; a block stays in the cache
/// while they do.
/// </summary>
/// <param name="isUnfit">Whether they are kept away for what they are.</param>
/// <param name="hasQuota">Whether quota may cut what is free.</param>
/// <param name="asked">What demands ask for.</param>
internal sealed class AgentBlock(bool isUnfit, bool hasQuota, AskedNames asked)
{
    /// <summary>So many agents fit in; a multiple of those of a step.</summary>
    public const int AgentsMax = 512;

    private readonly AgentState[] agents = new AgentState[AgentsMax];
    private readonly List<ulong[]> members = [];
    private readonly List<int> present = [];
    private readonly int[] rules = new int[AgentsMax];
    private readonly ulong[] worth = new ulong[AgentBits.Words];
    private readonly ulong[] worthWithinLimits = new ulong[AgentBits.Words];
    private readonly ulong[] worthWithinHeadroom = new ulong[AgentBits.Words];
    private readonly ulong[] offerableWorth = new ulong[AgentBits.Words];
    private readonly ulong[] kept = new ulong[AgentBits.Words];
    private readonly double[][] strange = [.. asked.Others.Select(static _ => new double[AgentsMax])];

    public int Count { get; private set; }

    public bool IsFull => Count == AgentsMax;

    public bool IsUnfit => isUnfit;

    public bool HasQuota => hasQuota;

    public AmountColumns Free { get; } = new(asked.Numbers);

    public AmountColumns WithinLimits { get; } = new(hasQuota ? asked.Numbers : []);

    public AmountColumns WithinHeadroom { get; } = new(hasQuota ? asked.Numbers : []);

    public AmountColumns Offerable { get; } = new(hasQuota ? asked.Numbers : []);

    public AmountColumns LimitHere { get; } = new(hasQuota ? asked.Numbers : []);

    /// <summary>Numbers of the rules that stand against each, whatever is asked for.</summary>
    public ReadOnlySpan<int> Rules => rules.AsSpan(0, Count);

    /// <summary>The numbers among them, each once.</summary>
    public IReadOnlyList<int> RulesPresent => present;

    public AgentState this[int row] => agents[row];

    /// <summary>1 where the item is missing, else 0.</summary>
    public ReadOnlySpan<double> Lacks(int other) => strange[other];

    /// <summary>The agents with these rules, a bit each.</summary>
    public ReadOnlySpan<ulong> Members(int rulesNumber) => members[rulesNumber];

    /// <summary>Where what is free reaches the smallest offer.</summary>
    public ulong Worth(int word) => worth[word];

    /// <summary>Where what limits leave of it does.</summary>
    public ulong WorthWithinLimits(int word) => worthWithinLimits[word];

    /// <summary>Where what guarantees of other roles leave of it does.</summary>
    public ulong WorthWithinHeadroom(int word) => worthWithinHeadroom[word];

    /// <summary>Where what both leave does.</summary>
    public ulong OfferableWorth(int word) => offerableWorth[word];

    /// <summary>Where guarantees of other roles take some of what is free.</summary>
    public ulong Kept(int word) => kept[word];

    public void Add(AgentState agent, int rulesNumber, in FreeParts parts)
    {
        (agents[Count], rules[Count]) = (agent, rulesNumber);
        Join(rulesNumber);
        Free.Set(Count, parts.Free.Amounts);
        for (var other = 0; other < strange.Length; other++)
        {
            strange[other][Count] = Demand.IsThere(asked.Others[other], parts.Free.Set) ? 0 : 1;
        }

        if (hasQuota)
        {
            AddCuts(parts);
        }

        Count++;
    }

    public void Clear()
    {
        Count = 0;
        foreach (var number in present)
        {
            Array.Clear(members[number]);
        }

        present.Clear();
        Array.Clear(worth);
        Array.Clear(worthWithinLimits);
        Array.Clear(worthWithinHeadroom);
        Array.Clear(offerableWorth);
        Array.Clear(kept);
    }

    private void Join(int rulesNumber)
    {
        while (members.Count <= rulesNumber)
        {
            members.Add(new ulong[AgentBits.Words]);
        }

        var group = members[rulesNumber];
        if (Array.TrueForAll(group, static word => word == 0))
        {
            present.Add(rulesNumber);
        }

        SetBit(group, true);
    }

    private void AddCuts(in FreeParts parts)
    {
        WithinLimits.Set(Count, parts.WithinLimits.Amounts);
        WithinHeadroom.Set(Count, parts.WithinHeadroom.Amounts);
        Offerable.Set(Count, parts.Offerable.Amounts);
        LimitHere.Set(Count, parts.LimitHere);
        SetBit(worth, parts.Free.IsWorth);
        SetBit(worthWithinLimits, parts.WithinLimits.IsWorth);
        SetBit(worthWithinHeadroom, parts.WithinHeadroom.IsWorth);
        SetBit(offerableWorth, parts.Offerable.IsWorth);
        SetBit(kept, parts.IsKept);
    }

    private void SetBit(ulong[] bits, bool isSet) => bits[Count / 64] |= (isSet ? 1UL : 0) << (Count % 64);
}

/// <summary>What several demands ask for, each name and each item once.</summary>
/// <param name="Numbers">Of names of scalars.</param>
/// <param name="Others">Ranges and sets.</param>
internal sealed record AskedNames(int[] Numbers, List<ResourceItem> Others)
{
    public static AskedNames Of(IReadOnlyList<Demand> demands) => new(
        [.. demands.SelectMany(static demand => demand.Wanted).Select(static wanted => wanted.Number).Distinct()],
        [.. demands.SelectMany(static demand => demand.Others).Distinct()]);
}

/// <summary>
/// Amounts of agents by name. They are exact: beyond 2^53 thousandths, which no demand asks for, it is enough that they
/// are large.
/// </summary>
internal sealed class AmountColumns(int[] numbers)
{
    private readonly double[][] columns = [.. numbers.Select(static _ => new double[AgentBlock.AgentsMax])];

    /// <summary>The column of a name that is asked for.</summary>
    public ReadOnlySpan<double> Of(int number) => columns[Array.IndexOf(numbers, number)];

    public void Set(int row, in Quantities amounts)
    {
        for (var at = 0; at < columns.Length; at++)
        {
            columns[at][row] = amounts[numbers[at]];
        }
    }
}
