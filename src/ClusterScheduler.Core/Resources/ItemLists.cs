namespace ClusterScheduler.Core.Resources;

/// <summary>
/// Merging of sorted lists of items: everything in a set of resources but unreserved cpus, mem, disk and gpus.
/// Null stands for the empty list; an operand is returned where it is the answer.
/// </summary>
internal static class ItemLists
{
    /// <summary>The items in order, equal keys added up; those of an earlier place first.</summary>
    public static ResourceItem[]? Sorted(List<ResourceItem> items)
    {
        items.RemoveAll(static item => item.IsNothing);
        return Sum(items, 0, items.Count);
    }

    public static ResourceItem[]? Add(ResourceItem[]? left, ResourceItem[]? right)
    {
        if (left is null || right is null)
        {
            return left ?? right;
        }

        var sum = new ResourceItem[left.Length + right.Length];
        int count = 0, l = 0, r = 0;
        while (l < left.Length || r < right.Length)
        {
            var order = r == right.Length ? -1 : l == left.Length ? 1 : Compare(left[l], right[r]);
            if (order == 0 && !left[l].Key.IsExclusive)
            {
                sum[count++] = left[l++].Plus(right[r++]);
            }
            else
            {
                sum[count++] = order <= 0 ? left[l++] : right[r++];
            }
        }

        return count == sum.Length ? sum : sum[..count];
    }

    public static bool TrySubtract(ResourceItem[]? left, ResourceItem[]? right, out ResourceItem[]? rest)
    {
        rest = left;
        if (right is null)
        {
            return true;
        }

        if (left is null || !Contains(left, right))
        {
            return false;
        }

        if (ReferenceEquals(left, right))
        {
            rest = null;
            return true;
        }

        var kept = new ResourceItem[left.Length];
        int count = 0, r = 0;
        foreach (var item in left)
        {
            var remains = r < right.Length && Compare(item, right[r]) == 0 ? Remains(item, right[r++]) : item;
            if (!remains.IsNothing)
            {
                kept[count++] = remains;
            }
        }

        rest = Trimmed(kept, count);
        return true;
    }

    public static bool Contains(ResourceItem[]? left, ResourceItem[]? right)
    {
        if (right is null || ReferenceEquals(left, right))
        {
            return true;
        }

        var l = 0;
        foreach (var item in right)
        {
            while (l < (left?.Length ?? 0) && Compare(left![l], item) < 0)
            {
                l++;
            }

            if (l >= (left?.Length ?? 0) || Compare(left![l], item) != 0 || !left[l].Holds(item))
            {
                return false;
            }

            l++;
        }

        return true;
    }

    public static ResourceItem[]? Intersect(ResourceItem[]? left, ResourceItem[]? right)
    {
        if (left is null || right is null || ReferenceEquals(left, right))
        {
            return left is null ? null : right;
        }

        var common = new ResourceItem[Math.Min(left.Length, right.Length)];
        int count = 0, l = 0, r = 0;
        while (l < left.Length && r < right.Length)
        {
            var order = Compare(left[l], right[r]);
            if (order == 0)
            {
                var item = left[l].Common(right[r]);
                if (!item.IsNothing)
                {
                    common[count++] = item;
                }
            }

            l += order <= 0 ? 1 : 0;
            r += order >= 0 ? 1 : 0;
        }

        return Trimmed(common, count);
    }

    public static ResourceItem[]? Where(ResourceItem[]? items, Func<ResourceItem, bool> keep)
    {
        if (items is null || Array.TrueForAll(items, item => keep(item)))
        {
            return items;
        }

        var kept = Array.FindAll(items, item => keep(item));
        return kept.Length == 0 ? null : kept;
    }

    // Halves are merged, so that many names, or many parts of one, cost little more than their number.
    private static ResourceItem[]? Sum(List<ResourceItem> items, int from, int count) => count switch
    {
        0 => null,
        1 => [items[from]],
        _ => Add(Sum(items, from, count / 2), Sum(items, from + (count / 2), count - (count / 2))),
    };

    // Exclusive items (whole volumes and disks) are one thing each: two of the same key differ by their size.
    private static int Compare(in ResourceItem left, in ResourceItem right)
    {
        var byKey = left.Key.CompareTo(right.Key);
        return byKey == 0 && left.Key.IsExclusive ? left.Amount.CompareTo(right.Amount) : byKey;
    }

    private static ResourceItem Remains(in ResourceItem item, in ResourceItem taken) =>
        item.Key.IsExclusive ? item with { Amount = Scalar.Zero } : item.Minus(taken);

    private static ResourceItem[]? Trimmed(ResourceItem[] items, int count) =>
        count == 0 ? null : count == items.Length ? items : items[..count];
}
