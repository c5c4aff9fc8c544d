using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Resources;

/// <summary>
/// Reads resources from Mesos' v1 JSON: the list that <see cref="ResourceJson"/> writes, and the old form of
/// reservations (<c>role</c> beside <c>reservation</c>), which also counts where <c>reservations</c> is empty. A member
/// that is null is none, and unknown ones are passed over, as in Mesos. Known ones of a wrong type are refused, and so
/// is what is not supported: <c>provider_id</c>, volumes that are not <c>RW</c>.
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
        var first = new JsonPlace.Fault();
        var place = new JsonPlace(element.ValueKind == JsonValueKind.Object ? element : null, "", first);
        var (name, isKind) = (place.Text("name"), IsOneOf<ResourceKind>(place.Text("type"), out var kind));
        var refusal = TryReadStack(place, text, out var stack);
        var isDisk = TryReadDisk(place.Object("disk"), out var disk);
        var (isRevocable, isShared) = (place.Object("revocable").IsThere, place.Object("shared").IsThere);
        place.Refuse("provider_id", "resource providers are not supported");
        if (first.Path is not null)
        {
            return new ResourceRefusal(ResourceFault.Member, text, Path: first.Path, Right: first.Right);
        }

        if (name is null || !isKind)
        {
            return new ResourceRefusal(ResourceFault.Shape, text);
        }

        if (refusal is not null || !isDisk)
        {
            return refusal ?? new ResourceRefusal(ResourceFault.DiskDetail, text);
        }

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

    private static ResourceRefusal? TryReadStack(JsonPlace place, string text, out ReservationStack stack)
    {
        stack = ReservationStack.Empty;
        var (role, old, layers) = (place.Text("role"), place.Object("reservation"), place.Objects("reservations"));
        if (layers.Count == 0)
        {
            // The old form has one layer: dynamic when there is a "reservation", else static unless the role is "*".
            return old.IsThere ? TryPush(ReservationKind.Dynamic, role, old, text, ref stack)
                : role is null or "*" ? null
                : TryPush(ReservationKind.Static, role, default, text, ref stack);
        }

        foreach (var layer in layers)
        {
            if (!IsOneOf<ReservationKind>(layer.Text("type"), out var kind))
            {
                layer.Note("type", "STATIC or DYNAMIC");
            }

            var refusal = TryPush(kind, layer.Text("role"), layer, text, ref stack);
            if (refusal is not null)
            {
                return refusal;
            }
        }

        // Mesos' endpoints write both forms; they must say the same.
        if (role is not null && role != stack.Role.Value)
        {
            place.Note("role", $"absent, or '{stack.Role}' as in the last of reservations");
        }

        if (old.IsThere && (stack.Effective!.Kind != ReservationKind.Dynamic
            || old.Text("principal") != stack.Effective.Principal || !Labels(old).Equals(stack.Effective.Labels)))
        {
            place.Note("reservation", "absent, or the same as the last of reservations");
        }

        return null;
    }

    private static ResourceRefusal? TryPush(
        ReservationKind kind, string? roleText, JsonPlace layer, string text, ref ReservationStack stack)
    {
        if (!RoleName.TryParse(roleText, out var role, out var roleRefusal))
        {
            return new ResourceRefusal(ResourceFault.RoleName, text, Role: roleRefusal);
        }

        var reservation = new Reservation(kind, role, layer.Text("principal"), Labels(layer));
        return stack.TryPush(reservation, out stack, out var refusal)
            ? null
            : new ResourceRefusal(ResourceFault.ReservationLayer, text, Reservation: refusal);
    }

    private static LabelSet Labels(JsonPlace layer)
    {
        var labels = new List<Label>();
        foreach (var label in layer.Object("labels").Objects("labels"))
        {
            var key = label.Text("key");
            if (key is null)
            {
                label.Note("key", "a text");
            }

            labels.Add(new Label(key ?? "", label.Text("value")));
        }

        return labels.Count == 0 ? LabelSet.Empty : LabelSet.Of(labels);
    }

    private static bool TryReadDisk(JsonPlace details, out DiskInfo? disk)
    {
        DiskSource? source = null;
        var from = details.Object("source");
        if (from.IsThere)
        {
            if (!IsOneOf<DiskSourceKind>(from.Text("type"), out var kind))
            {
                from.Note("type", $"one of {string.Join(", ", Enum.GetNames<DiskSourceKind>()).ToUpperInvariant()}");
            }

            var root = from.Object("path").Text("root") ?? from.Object("mount").Text("root");
            source = new DiskSource(kind, root, from.Text("id"), from.Text("profile"), from.Text("vendor"));
        }

        var (persistence, volume) = (details.Object("persistence"), details.Object("volume"));
        if (volume.Text("mode") is { } mode && !mode.Equals("RW", StringComparison.OrdinalIgnoreCase))
        {
            volume.Note("mode", "RW: a persistent volume is written to");
        }

        volume.Refuse("host_path", "a persistent volume is a directory of the agent");
        var (id, path) = (persistence.Text("id"), volume.Text("container_path"));
        var isVolume = id is not null && path is not null;
        disk = !details.IsThere ? null : new DiskInfo(
            source, isVolume ? new DiskVolume(id!, persistence.Text("principal"), path!) : null);
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
}
