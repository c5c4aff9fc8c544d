namespace ClusterScheduler.Core.Allocation;

/// <summary>Gives every set of rules that is met a number: there are few, and many agents have the same.</summary>
internal sealed class RuleNumbers
{
    private readonly Dictionary<RuleSet, int> numbers = [];
    private readonly List<RuleSet> sets = [];

    public int Count => sets.Count;

    public RuleSet this[int number] => sets[number];

    public int NumberOf(RuleSet rules)
    {
        if (!numbers.TryGetValue(rules, out var number))
        {
            numbers.Add(rules, number = sets.Count);
            sets.Add(rules);
        }

        return number;
    }
}
