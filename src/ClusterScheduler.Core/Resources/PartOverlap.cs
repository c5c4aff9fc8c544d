namespace ClusterScheduler.Core.Resources;

/// <summary>
/// Two parts of one set that both have the same numbers of a range or the same texts of a set, such as one port that
/// is reserved and free as well: it could be used twice.
/// </summary>
/// <param name="One">A part, with its own value.</param>
/// <param name="Other">Another part of the same name.</param>
/// <param name="Common">What both have, as the first part has it.</param>
public sealed record PartOverlap(ResourceItem One, ResourceItem Other, ResourceItem Common)
{
    /// <summary>The first overlap of the set; none in one that says each thing once.</summary>
    public static PartOverlap? In(in ResourceSet set)
    {
        var uncounted = (set.Rest ?? []).Count(static item => item.Key.Kind != ResourceKind.Scalar);
        if (uncounted < 2)
        {
            return null;
        }

        var parts = new Dictionary<(string Name, ResourceKind Kind), List<ResourceItem>>();
        foreach (var item in set.Rest!.Where(static item => item.Key.Kind != ResourceKind.Scalar))
        {
            if (!parts.TryGetValue((item.Key.Name, item.Key.Kind), out var same))
            {
                parts[(item.Key.Name, item.Key.Kind)] = same = [];
            }

            same.Add(item);
        }

        return parts.Values.Select(First).FirstOrDefault(static found => found is not null);
    }

    /// <summary>The set with each number and text in one part only, the first that has it.</summary>
    public static ResourceSet Once(in ResourceSet set)
    {
        var once = set;
        while (In(once) is { } overlap)
        {
            once -= ResourceSet.Of(overlap.Common.WithKey(overlap.Other.Key));
        }

        return once;
    }

    /// <summary>Both parts and what they share, for a person.</summary>
    public override string ToString() => $"'{One}' and '{Other}' both have {Common.ValueText}";

    private static PartOverlap? First(List<ResourceItem> parts) =>
        parts.Count == 1 ? null : parts[0].Key.Kind == ResourceKind.Ranges ? OfRanges(parts) : OfNames(parts);

    // In the order of their beginnings a range can only overlap the one that reaches furthest before it.
    private static PartOverlap? OfRanges(List<ResourceItem> parts)
    {
        ResourceItem? furthest = null;
        long end = -1;
        var ranges = parts.SelectMany(static part => part.Ranges!.Ranges.Select(range => (range, part)));
        foreach (var (range, part) in ranges.OrderBy(static each => each.range.Begin))
        {
            if (range.Begin <= end)
            {
                return Between(furthest!.Value, part);
            }

            (furthest, end) = (part, range.End);
        }

        return null;
    }

    private static PartOverlap? OfNames(List<ResourceItem> parts)
    {
        var owners = new Dictionary<string, ResourceItem>(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            foreach (var name in part.Names!.Names)
            {
                if (!owners.TryAdd(name, part))
                {
                    return Between(owners[name], part);
                }
            }
        }

        return null;
    }

    private static PartOverlap Between(in ResourceItem one, in ResourceItem other) =>
        new(one, other, one.Common(other));
}
