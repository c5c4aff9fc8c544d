using System.Globalization;
using System.Text.RegularExpressions;
using ClusterScheduler.Core.Jobs.Files;
using ClusterScheduler.Core.Jobs.Findings;

namespace ClusterScheduler.Core.Jobs.Format;

/// <summary>Compares a tree with the description of the format and notes each difference.</summary>
internal sealed class FormatChecker(List<JobFinding> findings)
{
    private const int ShownLengthMax = 60;

    private readonly HashSet<FileNode> _bad = new(ReferenceEqualityComparer.Instance);

    /// <summary>True when the node itself broke a rule, so that nothing should be concluded from it.</summary>
    public bool IsBad(FileNode node) => _bad.Contains(node);

    public void Check(FileNode node, FormatType type, string path)
    {
        switch (type, node)
        {
            case (FormatType.Keyed keyed, FileNode.Map map):
                new KeyedChecker(this).Check(map, keyed, path);
                break;
            case (FormatType.Map maps, FileNode.Map map):
                CheckMap(map, maps, path);
                break;
            case (FormatType.List list, FileNode.List items):
                CheckList(items, list, path);
                break;
            case (FormatType.Either either, _):
                CheckEither(node, either, path);
                break;
            case (FormatType.Keyed or FormatType.Map or FormatType.List, _) or (_, not FileNode.Scalar):
                WrongType(node, type, path);
                break;
            default:
                CheckScalar((FileNode.Scalar)node, type, path);
                break;
        }
    }

    public void Report(FileNode node, JobFindingKind kind, string path, string problem, string remedy)
    {
        _bad.Add(node);
        findings.Add(new JobFinding(kind, path, node.Position, problem, remedy));
    }

    public void ReportKey(FileEntry entry, JobFindingKind kind, string path, string problem, string remedy) =>
        findings.Add(new JobFinding(kind, path, entry.KeyPosition, problem, remedy));

    public static string Shown(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= ShownLengthMax ? $"'{line}'" : $"'{line[..ShownLengthMax]}…'";
    }

    private void CheckMap(FileNode.Map map, FormatType.Map type, string path)
    {
        if (map.Entries.Length > type.Max)
        {
            Report(map, JobFindingKind.OutOfRange, path, $"{map.Entries.Length} entries", $"at most {type.Max}");
        }

        foreach (var entry in map.Entries)
        {
            var inside = Inside(path, entry.Key);
            if (BrokenRule(entry.Key, type.Key) is { } rule)
            {
                ReportKey(entry, JobFindingKind.BadText, inside, $"the name {Shown(entry.Key)} is not allowed here",
                    rule);
            }

            Check(entry.Value, type.Value, inside);
        }
    }

    private void CheckList(FileNode.List list, FormatType.List type, string path)
    {
        if (list.Items.Length < type.Min || list.Items.Length > type.Max)
        {
            Report(list, JobFindingKind.OutOfRange, path,
                list.Items.IsEmpty ? "the list is empty" : $"the list has {list.Items.Length} items",
                $"{type.Min} to {type.Max} items");
        }

        for (var index = 0; index < list.Items.Length; index++)
        {
            Check(list.Items[index], type.Item, $"{path}[{index}]");
        }
    }

    private void CheckEither(FileNode node, FormatType.Either either, string path)
    {
        if (FormatShape.Choose(node, either) is { } type)
        {
            Check(node, type, path);
        }
        else
        {
            WrongType(node, either, path);
        }
    }

    private void CheckScalar(FileNode.Scalar scalar, FormatType type, string path)
    {
        switch (type)
        {
            case FormatType.Text text when scalar.Kind == ScalarKind.Text
                || (text.AlsoPlain && scalar.Kind != ScalarKind.Nothing):
                if (BrokenRule(scalar.Text, text) is { } rule)
                {
                    Report(scalar, JobFindingKind.BadText, path, $"{Shown(scalar.Text)} is not allowed here", rule);
                }

                break;
            case FormatType.Whole whole when scalar.Kind == ScalarKind.Whole:
                CheckWhole(scalar, whole, path);
                break;
            case FormatType.Fraction or FormatType.Size or FormatType.Duration:
                new QuantityChecker(this).Check(scalar, type, path);
                break;
            case FormatType.Truth when scalar.Kind == ScalarKind.Truth:
                break;
            case FormatType.Choice choice when scalar.Kind == ScalarKind.Text:
                CheckChoice(scalar, choice, path);
                break;
            default:
                WrongType(scalar, type, path);
                break;
        }
    }

    private void CheckWhole(FileNode.Scalar scalar, FormatType.Whole type, string path)
    {
        var fits = long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out var value);
        if (!fits || value < type.Min || value > type.Max || value == type.Except)
        {
            Report(scalar, JobFindingKind.OutOfRange, path, $"{scalar.Text} is out of range",
                FormatShape.Describe(type));
        }
    }

    private void CheckChoice(FileNode.Scalar scalar, FormatType.Choice type, string path)
    {
        if (type.Later.Contains(scalar.Text))
        {
            Report(scalar, JobFindingKind.NotAvailable, path,
                $"{Shown(scalar.Text)} is not available in this version", $"one of: {string.Join(", ", type.Words)}");
        }
        else if (!type.Words.Contains(scalar.Text))
        {
            var nearest = NearestWord.Find(scalar.Text, type.Words);
            Report(scalar, JobFindingKind.BadText, path, $"there is no {Shown(scalar.Text)}",
                (nearest is null ? "" : $"did you mean {nearest}? ") + $"one of: {string.Join(", ", type.Words)}");
        }
    }

    public void WrongType(FileNode node, FormatType type, string path) =>
        Report(node, JobFindingKind.WrongType, path, $"{FormatShape.Describe(node)} stands here",
            FormatShape.Describe(type) + FormatShape.Hint(node, type));

    private static string? BrokenRule(string text, FormatType.Text type) =>
        text.Contains('\0') ? "text without NUL characters"
        : text.Length < type.LengthMin || text.Length > type.LengthMax
            ? $"{type.LengthMin} to {type.LengthMax} characters{(type.Meaning.Length > 0 ? ": " : "")}{type.Meaning}"
        : type.Pattern is { } pattern && !Regex.IsMatch(text, pattern, RegexOptions.NonBacktracking)
            || (type.Pattern is not null && text.EndsWith('\n'))
            ? type.Meaning
        : null;

    public static string Inside(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";
}
