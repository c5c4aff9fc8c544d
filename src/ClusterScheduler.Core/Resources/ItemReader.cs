using System.Globalization;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Resources;

/// <summary>Reads one item of the text form; every refusal names the item and the rule.</summary>
internal static class ItemReader
{
    private const string Revocable = "{REV}";
    private const string Shared = "<SHARED>";
    private const StringSplitOptions NoBlanks = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;

    public static ResourceRefusal? TryRead(string text, out ResourceItem item)
    {
        item = default;
        var parts = ResourceText.SplitOutside(text, ':');
        if (parts.Count != 2 || parts[1].Length == 0)
        {
            return new ResourceRefusal(ResourceFault.Shape, text);
        }

        var refusal = TryReadKey(text, parts[0], KindOf(parts[1]), out var key);
        return refusal ?? TryReadValue(text, key!, parts[1], out item);
    }

    public static ResourceRefusal? Check(ResourceKey key, string text)
    {
        var mustBe = ResourceNames.MainIndex(key.Name) >= 0 ? ResourceKind.Scalar
            : key.Name == ResourceNames.Ports ? ResourceKind.Ranges
            : key.Kind;
        var fault = !ResourceNames.IsValid(key.Name) ? ResourceFault.Name
            : mustBe != key.Kind ? ResourceFault.Kind
            : key.Disk is not null && key.Name != ResourceNames.Disk ? ResourceFault.DiskDetail
            : key.IsVolume && key.Reservations.IsEmpty ? ResourceFault.DiskDetail
            : key.IsShared && !key.IsVolume ? ResourceFault.SharedNoVolume
            : (ResourceFault?)null;
        return fault is null ? null : new ResourceRefusal(fault.Value, text);
    }

    public static ResourceRefusal? CheckAmount(ResourceKey key, Scalar amount, string text) =>
        key.Name == ResourceNames.Gpus && amount.Thousandths % Scalar.One != 0
            ? new ResourceRefusal(ResourceFault.FractionalGpus, text)
            : null;

    private static ResourceKind KindOf(string value) => value[0] switch
    {
        '[' => ResourceKind.Ranges,
        '{' => ResourceKind.Set,
        _ => ResourceKind.Scalar,
    };

    private static ResourceRefusal? TryReadKey(string text, string head, ResourceKind kind, out ResourceKey? key)
    {
        key = null;
        var isShared = TakeSuffix(ref head, Shared);
        var isRevocable = TakeSuffix(ref head, Revocable);
        var details = TakeBracketed(ref head, '[', ']');
        var layers = TakeBracketed(ref head, '(', ')');
        if (!ResourceNames.IsValid(head))
        {
            return new ResourceRefusal(ResourceFault.Name, text);
        }

        var stack = ReservationStack.Empty;
        var refusal = layers is null or "*" ? null : TryReadLayers(text, layers, out stack);
        if (refusal is not null)
        {
            return refusal;
        }

        if (!DiskReader.TryRead(details, out var disk))
        {
            return new ResourceRefusal(ResourceFault.DiskDetail, text);
        }

        key = new ResourceKey(head, kind, stack, disk, isRevocable, isShared);
        return Check(key, text);
    }

    private static ResourceRefusal? TryReadLayers(string text, string layers, out ReservationStack stack)
    {
        stack = ReservationStack.Empty;
        foreach (var part in ResourceText.SplitOutside(layers, ','))
        {
            var rest = part;
            var labels = TakeBracketed(ref rest, '{', '}');
            var kind = rest.StartsWith('+') ? ReservationKind.Dynamic : ReservationKind.Static;
            var names = (kind == ReservationKind.Dynamic ? rest[1..] : rest).Split('@');
            if (names.Length > 2 || names is [_, ""] || !names.All(ResourceText.IsEncoded) || !AreLabels(labels))
            {
                return new ResourceRefusal(ResourceFault.Shape, text);
            }

            if (!RoleName.TryParse(ResourceText.Unescape(names[0]), out var role, out var roleRefusal))
            {
                return new ResourceRefusal(ResourceFault.RoleName, text, Role: roleRefusal);
            }

            var principal = names.Length == 2 ? ResourceText.Unescape(names[1]) : null;
            var layer = new Reservation(kind, role, principal, ReadLabels(labels));
            if (!stack.TryPush(layer, out stack, out var refusal))
            {
                return new ResourceRefusal(ResourceFault.ReservationLayer, text, Reservation: refusal);
            }
        }

        return null;
    }

    private static bool AreLabels(string? labels) => labels is null
        || labels.Split(',').All(static label => label.Split('=', 2).All(ResourceText.IsEncoded));

    private static LabelSet ReadLabels(string? labels) => string.IsNullOrEmpty(labels)
        ? LabelSet.Empty
        : LabelSet.Of(labels.Split(',').Select(label => label.Split('=', 2)).Select(pair => new Label(
            ResourceText.Unescape(pair[0].Trim()),
            pair.Length == 1 ? null : ResourceText.Unescape(pair[1].Trim()))));

    private static ResourceRefusal? TryReadValue(string text, ResourceKey key, string value, out ResourceItem item)
    {
        item = default;
        switch (key.Kind)
        {
            case ResourceKind.Ranges:
                if (!TryReadRanges(value, out var ranges))
                {
                    return new ResourceRefusal(ResourceFault.Range, text);
                }

                item = new ResourceItem(key, default, Ranges: ranges);
                return null;

            case ResourceKind.Set:
                if (!value.EndsWith('}'))
                {
                    return new ResourceRefusal(ResourceFault.Shape, text);
                }

                var names = value[1..^1].Split(',', NoBlanks);
                item = new ResourceItem(key, default, Names: NameSet.Of(names.Select(ResourceText.Unescape)));
                return null;

            default:
                if (!Scalar.TryParseAsMeant(value, out var amount, out var scalarRefusal))
                {
                    return new ResourceRefusal(ResourceFault.Amount, text, Scalar: scalarRefusal);
                }

                item = new ResourceItem(key, amount);
                return CheckAmount(key, amount, text);
        }
    }

    private static bool TryReadRanges(string value, out RangeSet set)
    {
        set = RangeSet.Empty;
        if (!value.EndsWith(']'))
        {
            return false;
        }

        var ranges = new List<ValueRange>();
        foreach (var part in value[1..^1].Split(',', NoBlanks))
        {
            var ends = part.Split('-', StringSplitOptions.TrimEntries);
            if (ends.Length != 2 || !TryReadNumber(ends[0], out var begin) || !TryReadNumber(ends[1], out var end))
            {
                return false;
            }

            ranges.Add(new ValueRange(begin, end));
        }

        return RangeSet.TryCreate(ranges, out set);
    }

    private static bool TryReadNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    private static bool TakeSuffix(ref string head, string suffix)
    {
        var found = head.EndsWith(suffix, StringComparison.Ordinal);
        head = found ? head[..^suffix.Length] : head;
        return found;
    }

    private static string? TakeBracketed(ref string head, char open, char close)
    {
        var begin = head.IndexOf(open, StringComparison.Ordinal);
        if (begin < 0 || !head.EndsWith(close))
        {
            return null;
        }

        var inside = head[(begin + 1)..^1].Trim();
        head = head[..begin];
        return inside;
    }
}
