namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// Random order by weight: a unit of twice the weight is first twice as often. Each unit draws an exponential variate
/// with its weight as rate, and the least is first (Efraimidis and Spirakis, 2006). The generator is
/// SplitMix64, so that
/// a seed gives the same order everywhere.
/// </summary>
internal sealed class WeightedShuffle(ulong seed)
{
    private readonly List<(double Key, ShareUnit Unit)> drawn = [];
    private ulong state = seed;

    public ShareUnit[] Draw(ShareOrder order)
    {
        drawn.Clear();
        for (var page = 0; page < order.PageCount; page++)
        {
            foreach (ref readonly var entry in order[page])
            {
                drawn.Add((0, entry.Unit));
            }
        }

        // By name first: what is drawn must not depend on shares.
        drawn.Sort(static (left, right) => string.CompareOrdinal(left.Unit.Name, right.Unit.Name));
        for (var at = 0; at < drawn.Count; at++)
        {
            var unit = drawn[at].Unit;
            drawn[at] = (-Math.Log(NextUnit()) / WeightOf(unit), unit);
        }

        drawn.Sort(static (left, right) => left.Key.CompareTo(right.Key));
        return [.. drawn.Select(d => d.Unit)];
    }

    private static double WeightOf(ShareUnit unit) => unit is RoleNode node ? node.Weight : 1;

    // Above 0 and at most 1, with 53 random bits.
    private double NextUnit()
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        z ^= z >> 31;
        return ((z >> 11) + 1) / (double)(1UL << 53);
    }
}
