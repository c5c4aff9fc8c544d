using System.Globalization;
using ClusterScheduler.Core.Jobs.Files;

namespace ClusterScheduler.Core.Jobs.Format;

/// <summary>The outer form of values and types: how alternatives are told apart and how both are named.</summary>
internal static class FormatShape
{
    /// <summary>The alternative with the node's shape; null when there is none.</summary>
    public static FormatType? Choose(FileNode node, FormatType.Either either)
    {
        foreach (var type in either.Types)
        {
            var fits = (node, type) switch
            {
                (FileNode.List list, FormatType.List { Item: FormatType.List }) => HoldsLists(list),
                (FileNode.List list, FormatType.List) => !HoldsLists(list) || !either.Types.Any(IsNested),
                (FileNode.Map, FormatType.Keyed or FormatType.Map) => true,
                (FileNode.Scalar, not (FormatType.List or FormatType.Keyed or FormatType.Map)) => true,
                _ => false,
            };
            if (fits)
            {
                return type;
            }
        }

        return null;
    }

    public static string Describe(FileNode node) => node switch
    {
        FileNode.List => "a list",
        FileNode.Map => "a map",
        FileNode.Scalar { Kind: ScalarKind.Nothing } => "nothing",
        FileNode.Scalar { Kind: ScalarKind.Text } text => $"the text {FormatChecker.Shown(text.Text)}",
        FileNode.Scalar { Kind: ScalarKind.Truth } truth => $"the truth value {truth.Text}",
        FileNode.Scalar number => $"the number {number.Text}",
        _ => throw new ArgumentOutOfRangeException(nameof(node), node, "not a kind of node"),
    };

    public static string Describe(FormatType type) => type switch
    {
        FormatType.Text => "text",
        FormatType.Whole whole => $"a whole number from {whole.Min} to {whole.Max}"
            + (whole.Except is { } except ? $", not {except}" : ""),
        FormatType.Fraction => "a number such as 0.5",
        FormatType.Size => "a size such as 256MiB",
        FormatType.Duration => "a duration such as 30s",
        FormatType.Truth => "true or false",
        FormatType.Choice choice => "one of: " + string.Join(", ", choice.Words),
        FormatType.List { Item: FormatType.List } => "a list of lists",
        FormatType.List list => "a list of " + Plural(list.Item),
        FormatType.Map => "a map of names to values",
        FormatType.Keyed keyed => $"{keyed.Name}, a map with the keys {string.Join(", ", NamesOf(keyed))}",
        FormatType.Either either => string.Join("; or ", either.Types.Select(Describe)),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not a kind of type"),
    };

    /// <summary>What most often leads to the wrong shape, with its cure.</summary>
    public static string Hint(FileNode node, FormatType type) => (node, type) switch
    {
        (FileNode.Scalar { Kind: ScalarKind.Text } text, FormatType.Whole or FormatType.Fraction)
            when decimal.TryParse(text.Text, NumberStyles.Number, CultureInfo.InvariantCulture, out _) =>
                ", without quotes",
        (FileNode.Scalar { Kind: ScalarKind.Text } text, FormatType.List { Item: FormatType.Text }) =>
            $"; a list of one is written [{text.Text}]",
        (FileNode.Scalar { Kind: not ScalarKind.Text and not ScalarKind.Nothing } plain, FormatType.Text) =>
            $"; in quotes it is text: \"{plain.Text}\"",
        _ => "",
    };

    private static IEnumerable<string> NamesOf(FormatType.Keyed keyed) => keyed.Keys.Select(key => key.Name);

    private static string Plural(FormatType item) => item switch
    {
        FormatType.Text => "texts",
        FormatType.Keyed keyed => keyed.Name.Split(' ')[^1]
            + (keyed.Name.EndsWith("process", StringComparison.Ordinal) ? "es" : "s"),
        _ => Describe(item),
    };

    private static bool HoldsLists(FileNode.List list) => list.Items.Any(item => item is FileNode.List);

    private static bool IsNested(FormatType type) => type is FormatType.List { Item: FormatType.List };
}
