using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using ClusterScheduler.Core.Reservations;

namespace ClusterScheduler.Core.Resources;

/// <summary>
/// The text form of resources. Plain and statically reserved items are written as Mesos' <c>--resources</c> flag has
/// them. What that flag cannot say is written so that it can be read back:
/// <c>disk(ads,+ads/web@alice{team=x})[id=v1,path=data]&lt;SHARED&gt;:10</c>, <c>cpus{REV}:2</c>.
/// A plus marks a dynamic layer; inside texts the characters of the form are percent-encoded.
/// </summary>
public static class ResourceText
{
    /// <summary>Longest text that is read.</summary>
    public const int CharactersMax = 1 << 20;

    /// <summary>Most items of a text, or of a list in JSON; a bound of this product.</summary>
    public const int ItemsMax = 10_000;

    private const string Special = "()[]{}<>,;:@=+%";

    private static readonly SearchValues<char> SpecialCharacters = SearchValues.Create(Special);

    private static readonly SearchValues<char> NeverRaw = SearchValues.Create(Special.Replace("%", ""));

    /// <summary>Writes the items separated by semicolons.</summary>
    public static string Print(in ResourceSet set) => set.ToString();

    internal static bool TryParse(string? text, out ResourceSet set, [NotNullWhen(false)] out ResourceRefusal? refusal)
    {
        set = default;
        refusal = text is { Length: <= CharactersMax } ? null : new ResourceRefusal(ResourceFault.Size, "");
        var items = new List<ResourceItem>();
        foreach (var part in refusal is null ? SplitOutside(text!, ';') : [])
        {
            if (part.Length == 0)
            {
                continue;
            }

            refusal = ItemReader.TryRead(part, out var item);
            if (refusal is not null)
            {
                return false;
            }

            items.Add(item);
        }

        refusal ??= items.Count > ItemsMax ? new ResourceRefusal(ResourceFault.Size, "") : Sum(items, out set);
        return refusal is null;
    }

    /// <summary>Makes a set of items; refused when a sum is beyond <see cref="Scalar.Max"/>.</summary>
    internal static ResourceRefusal? Sum(List<ResourceItem> items, out ResourceSet set)
    {
        var sum = ResourceSet.TryOf(items);
        set = sum ?? default;
        return sum is null ? new ResourceRefusal(ResourceFault.Amount, "", ScalarRefusal.TooLarge) : null;
    }

    internal static string PrintKey(ResourceKey key)
    {
        if (key.IsPlain)
        {
            return key.Name;
        }

        var text = new StringBuilder(key.Name);
        if (!key.Reservations.IsEmpty)
        {
            text.Append('(').AppendJoin(',', key.Reservations.Layers.Select(PrintLayer)).Append(')');
        }

        if (key.Disk is not null)
        {
            text.Append('[').AppendJoin(',', DiskDetails(key.Disk)).Append(']');
        }

        return text.Append(key.IsRevocable ? "{REV}" : "").Append(key.IsShared ? "<SHARED>" : "").ToString();
    }

    internal static string PrintNames(NameSet names) => $"{{{string.Join(',', names.Names.Select(Escape))}}}";

    internal static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAny(SpecialCharacters) && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            return text;
        }

        var escaped = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var plain = rune.IsBmp && !Special.Contains((char)rune.Value, StringComparison.Ordinal)
                && !Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune);
            escaped.Append(plain ? rune.ToString() : Uri.EscapeDataString(rune.ToString()));
        }

        return escaped.ToString();
    }

    /// <summary>Whether a text has no character of the form other than in its percent-encoded form.</summary>
    internal static bool IsEncoded(string text) => !text.AsSpan().ContainsAny(NeverRaw);

    internal static string Unescape(string text) => Uri.UnescapeDataString(text);

    internal static List<string> SplitOutside(string text, char separator)
    {
        var parts = new List<string>();
        int depth = 0, begin = 0;
        for (var at = 0; at < text.Length; at++)
        {
            depth += text[at] is '(' or '[' or '{' ? 1 : text[at] is ')' or ']' or '}' ? -1 : 0;
            if (text[at] == separator && depth == 0)
            {
                parts.Add(text[begin..at].Trim());
                begin = at + 1;
            }
        }

        parts.Add(text[begin..].Trim());
        return parts;
    }

    private static string PrintLayer(Reservation layer)
    {
        var kind = layer.Kind == ReservationKind.Dynamic ? "+" : "";
        var principal = layer.Principal is null ? "" : $"@{Escape(layer.Principal)}";
        var labels = string.Join(',', layer.Labels.Labels.Select(PrintLabel));
        return kind + Escape(layer.Role.Value) + principal + (labels.Length == 0 ? "" : $"{{{labels}}}");
    }

    private static string PrintLabel(Label label) =>
        label.Value is null ? Escape(label.Key) : $"{Escape(label.Key)}={Escape(label.Value)}";

    private static IEnumerable<string> DiskDetails(DiskInfo disk)
    {
        (string Name, string? Value)[] details =
        [
            ("source", disk.Source?.Kind.ToString().ToUpperInvariant()),
            ("root", disk.Source?.Root),
            ("source_id", disk.Source?.Id),
            ("profile", disk.Source?.Profile),
            ("vendor", disk.Source?.Vendor),
            ("id", disk.Volume?.Id),
            ("by", disk.Volume?.Principal),
            ("path", disk.Volume?.ContainerPath),
        ];
        return details.Where(d => d.Value is not null).Select(d => $"{d.Name}={Escape(d.Value!)}");
    }
}
