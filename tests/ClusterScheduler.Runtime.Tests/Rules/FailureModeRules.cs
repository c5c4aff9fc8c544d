using System.Text.RegularExpressions;

namespace ClusterScheduler.Runtime.Tests.Rules;

/// <summary>docs/failure-modes.md names, with each failure, the test that shows what is said of it.</summary>
public sealed partial class FailureModeRules
{
    private const string Document = "docs/failure-modes.md";

    [Fact]
    public void Each_failure_names_a_test() =>
        Expect.None(
            from row in Rows()
            where TestsOf(row.Text).Count == 0
            select $"{Document}:{row.Number} names no test: {row.Text[..Math.Min(60, row.Text.Length)]}");

    [Fact]
    public void Each_test_that_is_named_exists()
    {
        var files = Repository.Under("tests").Select(file => file.Path).ToList();
        Expect.None(
            from row in Rows()
            from test in TestsOf(row.Text)
            where !files.Any(file => file.EndsWith($"{test}.cs", StringComparison.Ordinal))
            select $"{Document}:{row.Number} names {test}, which is no file below tests/");
    }

    /// <summary>Rows of the tables whose last column says by what a row is shown.</summary>
    private static IEnumerable<(string Text, int Number)> Rows()
    {
        var isShown = false;
        foreach (var (index, line) in File.ReadAllLines(Path.Combine(Repository.Root, Document)).Index())
        {
            if (!line.StartsWith('|'))
            {
                isShown = false;
            }
            else if (line.EndsWith("| shown by |", StringComparison.Ordinal))
            {
                isShown = true;
            }
            else if (isShown && !line.StartsWith("|---", StringComparison.Ordinal))
            {
                yield return (line, index + 1);
            }
        }
    }

    /// <summary>What stands in the last column; a name without a folder lies beside the one before it.</summary>
    private static List<string> TestsOf(string row)
    {
        var tests = new List<string>();
        foreach (Match match in Quoted().Matches(row.TrimEnd('|', ' ').Split('|')[^1]))
        {
            var name = match.Groups["name"].Value;
            var folder = tests.Count == 0 || name.Contains('/', StringComparison.Ordinal)
                ? ""
                : tests[^1][..(tests[^1].LastIndexOf('/') + 1)];
            tests.Add(folder + name);
        }

        return tests;
    }

    [GeneratedRegex("`(?<name>[A-Za-z./]+)`")]
    private static partial Regex Quoted();
}
