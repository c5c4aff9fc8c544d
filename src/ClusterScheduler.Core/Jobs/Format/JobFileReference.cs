using System.Text;
using ClusterScheduler.Core.Jobs.Values;

namespace ClusterScheduler.Core.Jobs.Format;

/// <summary>Writes the format as tables for the documentation.</summary>
public static class JobFileReference
{
    /// <summary>One table for each kind of map, the whole file first; Markdown.</summary>
    public static string Write()
    {
        var text = new StringBuilder();
        var queue = new Queue<FormatType.Keyed>([JobFileFormat.File]);
        var written = new HashSet<string>(StringComparer.Ordinal);
        while (queue.TryDequeue(out var keyed))
        {
            if (written.Add(keyed.Name))
            {
                WriteTable(text, keyed);
                foreach (var inner in keyed.Keys.SelectMany(key => Inside(key.Type)))
                {
                    queue.Enqueue(inner);
                }
            }
        }

        return text.ToString();
    }

    private static void WriteTable(StringBuilder text, FormatType.Keyed keyed)
    {
        var name = keyed.Name[(keyed.Name.IndexOf(' ', StringComparison.Ordinal) + 1)..];
        text.Append("### ").Append(char.ToUpperInvariant(name[0])).Append(name[1..]).Append("\n\n");
        text.Append("| key | value | default | |\n|---|---|---|---|\n");
        foreach (var key in keyed.Keys)
        {
            var @default = key.Required ? "needed"
                : keyed.ExactlyOneOf.Contains(key.Name) ? $"one of {string.Join(", ", keyed.ExactlyOneOf)}"
                : key.Default is { } value ? $"`{value}`" : "none";
            text.Append("| `").Append(key.Name).Append("` | ").Append(Describe(key.Type)).Append(" | ")
                .Append(@default).Append(" | ").Append(key.About).Append(" |\n");
        }

        text.Append('\n');
    }

    private static string Describe(FormatType type) => type switch
    {
        FormatType.Text { Meaning.Length: > 0 } text => text.Meaning,
        FormatType.Fraction range => $"number, {Decimals.FromMilli(range.MinMilli)} to "
            + $"{Decimals.FromMilli(range.MaxMilli)}, at most three decimals",
        FormatType.Size size => $"size, {SizeText.Format(size.MinMilli)} to {SizeText.Format(size.MaxMilli)}",
        FormatType.Duration time => $"duration, {DurationText.Format(time.Min)} to {DurationText.Format(time.Max)}",
        FormatType.Choice choice => string.Join(", ", choice.Words.Select(word => $"`{word}`")),
        FormatType.List { Item: FormatType.Keyed inner } list => $"list of 1 to {list.Max}: see {Name(inner)}",
        FormatType.Keyed keyed => $"see {Name(keyed)}",
        FormatType.Either either => string.Join("; or ", either.Types.Select(Describe)),
        _ => FormatShape.Describe(type),
    };

    private static string Name(FormatType.Keyed keyed) =>
        keyed.Name[(keyed.Name.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    private static IEnumerable<FormatType.Keyed> Inside(FormatType type) => type switch
    {
        FormatType.Keyed keyed => [keyed],
        FormatType.List list => Inside(list.Item),
        FormatType.Map map => Inside(map.Value),
        FormatType.Either either => either.Types.SelectMany(Inside),
        _ => [],
    };
}
