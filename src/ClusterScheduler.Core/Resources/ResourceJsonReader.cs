using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Resources;

/// <summary>
/// Reads resources from Mesos' v1 JSON: the list that <see cref="ResourceJson"/> writes, and the old form of
/// reservations
/// (<c>role</c> beside <c>reservation</c>). Unknown members are passed over, as in Mesos.
/// </summary>
public static class ResourceJsonReader
{
    /// <summary>Reads the list; on refusal says which item is wrong and why.</summary>
    public static bool TryRead(
        JsonElement list, out ResourceSet set, [NotNullWhen(false)] out ResourceRefusal? refusal)
    {
        set = default;
        var isList = list.ValueKind == JsonValueKind.Array && list.GetArrayLength() <= ResourceText.ItemsMax;
        refusal = isList ? null : new ResourceRefusal(ResourceFault.Size, "");
        var items = new List<ResourceItem>();
        if (isList)
        {
            foreach (var element in list.EnumerateArray())
            {
                refusal = TryReadItem(element, out var item);
                if (refusal is not null)
                {
                    return false;
                }

                items.Add(item);
            }
        }

        refusal ??= ResourceText.Sum(items, out set);
        return refusal is null;
    }

    private static ResourceRefusal? TryReadItem(JsonElement element, out ResourceItem item)
    {
        item = default;
        var text = element.GetRawText();
        text = text.Length > 200 ? text[..200] : text;
        if (Text(element, "name") is not { } name || !IsOneOf<ResourceKind>(Text(element, "type"), out var kind))
        {
            return new ResourceRefusal(ResourceFault.Shape, text);
        }

        var refusal = TryReadStack(element, text, out var stack);
        if (refusal is not null)
        {
            return refusal;
        }

        if (!TryReadDisk(element, out var disk))
        {
            return new ResourceRefusal(ResourceFault.DiskDetail, text);
        }

        var isRevocable = element.TryGetProperty("revocable", out _);
        var isShared = element.TryGetProperty("shared", out _);
        var key = new ResourceKey(name, kind, stack, disk, isRevocable, isShared);
        return ItemReader.Check(key, text) ?? TryReadValue(element, key, text, out item);
    }

    private static ResourceRefusal? TryReadValue(
        JsonElement element, ResourceKey key, string text, out ResourceItem item)
    {
        item = default;
        switch (key.Kind)
        {
            case ResourceKind.Ranges:
                if (!TryReadRanges(element, out var ranges))
                {
                    return new ResourceRefusal(ResourceFault.Range, text);
                }

                item = new ResourceItem(key, default, Ranges: ranges);
                return null;

            case ResourceKind.Set:
                if (Member(Member(element, "set"), "item") is not { ValueKind: JsonValueKind.Array } names
                    || names.EnumerateArray().Any(n => n.ValueKind != JsonValueKind.String))
                {
                    return new ResourceRefusal(ResourceFault.Shape, text);
                }

                var texts = names.EnumerateArray().Select(n => n.GetString()!);
                item = new ResourceItem(key, default, Names: NameSet.Of(texts));
                return null;

            default:
                if (Member(Member(element, "scalar"), "value") is not { ValueKind: JsonValueKind.Number } value
                    || !value.TryGetDouble(out var units))
                {
                    return new ResourceRefusal(ResourceFault.Amount, text, ScalarRefusal.NotANumber);
                }

                if (!Scalar.TryCreate(units, out var amount, out var scalarRefusal))
                {
                    return new ResourceRefusal(ResourceFault.Amount, text, scalarRefusal);
                }

                item = new ResourceItem(key, amount);
                return ItemReader.CheckAmount(key, amount, text);
        }
    }

    private static bool TryReadRanges(JsonElement element, out RangeSet set)
    {
        set = RangeSet.Empty;
        var ranges = new List<ValueRange>();
        if (Member(Member(element, "ranges"), "range") is not { ValueKind: JsonValueKind.Array } list)
        {
            return false;
        }

        foreach (var range in list.EnumerateArray())
        {
            if (!TryReadEnd(range, "begin", out var begin) || !TryReadEnd(range, "end", out var end))
            {
                return false;
            }

            ranges.Add(new ValueRange(begin, end));
        }

        return RangeSet.TryCreate(ranges, out set);
    }

    private static bool TryReadEnd(JsonElement range, string name, out long value)
    {
        value = 0;
        return Member(range, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out value);
    }

    private static ResourceRefusal? TryReadStack(JsonElement element, string text, out ReservationStack stack)
    {
        stack = ReservationStack.Empty;
        foreach (var (layer, kindText) in Layers(element))
        {
            if (!IsOneOf<ReservationKind>(kindText, out var kind))
            {
                return new ResourceRefusal(ResourceFault.Shape, text);
            }

            if (!RoleName.TryParse(Text(layer, "role") ?? Text(element, "role"), out var role, out var roleRefusal))
            {
                return new ResourceRefusal(ResourceFault.RoleName, text, Role: roleRefusal);
            }

            var reservation = new Reservation(kind, role, Text(layer, "principal"), Labels(layer));
            if (!stack.TryPush(reservation, out stack, out var refusal))
            {
                return new ResourceRefusal(ResourceFault.ReservationLayer, text, Reservation: refusal);
            }
        }

        return null;
    }

    // The old form has one layer: dynamic when there is a "reservation", else static unless the role is "*".
    private static IEnumerable<(JsonElement Layer, string? Kind)> Layers(JsonElement element)
    {
        if (Member(element, "reservations") is { ValueKind: JsonValueKind.Array } layers)
        {
            return layers.EnumerateArray().Select(layer => (layer, Text(layer, "type")));
        }

        if (Member(element, "reservation") is { ValueKind: JsonValueKind.Object } old)
        {
            return [(old, nameof(ReservationKind.Dynamic))];
        }

        return Text(element, "role") is null or "*" ? [] : [(element, nameof(ReservationKind.Static))];
    }

    private static LabelSet Labels(JsonElement layer) =>
        Member(Member(layer, "labels"), "labels") is { ValueKind: JsonValueKind.Array } labels
            ? LabelSet.Of(labels.EnumerateArray().Select(l => new Label(Text(l, "key") ?? "", Text(l, "value"))))
            : LabelSet.Empty;

    private static bool TryReadDisk(JsonElement element, out DiskInfo? disk)
    {
        disk = null;
        if (Member(element, "disk") is not { ValueKind: JsonValueKind.Object } details)
        {
            return true;
        }

        DiskSource? source = null;
        if (Member(details, "source") is { ValueKind: JsonValueKind.Object } from)
        {
            if (!IsOneOf<DiskSourceKind>(Text(from, "type"), out var kind))
            {
                return false;
            }

            var root = Text(Member(from, "path"), "root") ?? Text(Member(from, "mount"), "root");
            source = new DiskSource(kind, root, Text(from, "id"), Text(from, "profile"), Text(from, "vendor"));
        }

        var persistence = Member(details, "persistence");
        var id = Text(persistence, "id");
        var path = Text(Member(details, "volume"), "container_path");
        disk = new DiskInfo(
            source, id is null || path is null ? null : new DiskVolume(id, Text(persistence, "principal"), path));
        return (id is null) == (path is null) && id?.Length != 0;
    }

    // Enum.TryParse takes numbers too, which are no names.
    private static bool IsOneOf<TEnum>(string? text, out TEnum value)
        where TEnum : struct, Enum =>
        Enum.TryParse(text, ignoreCase: true, out value) && Enum.IsDefined(value) && !char.IsAsciiDigit(text![0]);

    private static JsonElement? Member(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } value && value.TryGetProperty(name, out var member)
            ? member
            : null;

    private static string? Text(JsonElement? element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
}
