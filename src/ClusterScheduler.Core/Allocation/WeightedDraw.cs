namespace ClusterScheduler.Core.Allocation;

/// <summary>
/// Draws siblings at random, by weight, one after the other: of those that are left, one of twice the weight comes next
/// twice as often (as Mesos' random sorter). Only as many are drawn as are asked: each costs time in the logarithm of
/// their number, and a new member or weight costs one sorting by name.
/// </summary>
internal sealed class WeightedDraw
{
    private readonly List<int> drawn = [];

    // By name, so that what is drawn does not depend on shares or on the order in which they came.
    private ShareUnit[] units = [];

    // A binary tree of sums, root at 1; the leaves, from half on, are the weights of those that are left.
    private double[] sums = [0, 0];
    private double heaviest = 1;
    private ulong state;
    private int seen = -1;

    /// <summary>Begins anew with all members; must be followed by <see cref="End"/>.</summary>
    public void Begin(ShareOrder order, ulong seed)
    {
        if (seen != order.Changes)
        {
            seen = order.Changes;
            Fill(order);
        }

        state = seed;
    }

    /// <summary>The next one; null when none is left.</summary>
    public ShareUnit? Next()
    {
        if (drawn.Count == units.Length)
        {
            return null;
        }

        var index = sums[1] > 0 ? Pick() : FirstLeft();
        drawn.Add(index);
        Set(index, 0);
        return units[index];
    }

    /// <summary>Puts back what was drawn.</summary>
    public void End()
    {
        foreach (var index in drawn)
        {
            Set(index, WeightOf(units[index]));
        }

        drawn.Clear();
    }

    // What weighs nothing beside the heaviest comes last, by name.
    private int FirstLeft()
    {
        var index = 0;
        while (drawn.Contains(index))
        {
            index++;
        }

        return index;
    }

    private int Pick()
    {
        state = DrawSeed.After(state);
        var point = (DrawSeed.Mixed(state) >> 11) / (double)(1UL << 53) * sums[1];
        var at = 1;
        while (at < sums.Length / 2)
        {
            at *= 2;
            if (point >= sums[at] && sums[at + 1] > 0)
            {
                point -= sums[at++];
            }
        }

        return at - (sums.Length / 2);
    }

    private void Fill(ShareOrder order)
    {
        units = new ShareUnit[order.Count];
        var to = 0;
        for (var page = 0; page < order.PageCount; page++)
        {
            foreach (ref readonly var entry in order[page])
            {
                units[to++] = order[entry];
            }
        }

        Array.Sort(units, static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        heaviest = units.Length == 0 ? 1 : units.Max(static unit => unit is RoleNode node ? node.Weight : 1);
        var leaves = 1;
        while (leaves < units.Length)
        {
            leaves *= 2;
        }

        sums = new double[2 * leaves];
        for (var at = 0; at < units.Length; at++)
        {
            sums[leaves + at] = WeightOf(units[at]);
        }

        for (var at = leaves - 1; at > 0; at--)
        {
            sums[at] = sums[2 * at] + sums[(2 * at) + 1];
        }
    }

    // Sums are made anew from below, so that what is put back is exactly what was there.
    private void Set(int index, double weight)
    {
        var at = (sums.Length / 2) + index;
        sums[at] = weight;
        for (at /= 2; at > 0; at /= 2)
        {
            sums[at] = sums[2 * at] + sums[(2 * at) + 1];
        }
    }

    // At most 1, so that no sum is infinite.
    private double WeightOf(ShareUnit unit) => (unit is RoleNode node ? node.Weight : 1) / heaviest;
}
