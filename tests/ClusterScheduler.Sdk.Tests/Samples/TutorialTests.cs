using System.Text.RegularExpressions;

namespace ClusterScheduler.Sdk.Tests.Samples;

/// <summary>The code of docs/sdk.md is code that compiles and runs elsewhere.</summary>
public sealed partial class TutorialTests
{
    [Fact]
    public void Every_piece_of_code_in_the_tutorial_is_taken_from_the_sample_or_its_test()
    {
        var root = Root();
        var sources = new[] { "docs/samples/batch-framework", "tests/ClusterScheduler.Sdk.Tests/Samples" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs"))
            .Select(File.ReadAllText)
            .ToArray();
        var pieces = Pieces().Matches(File.ReadAllText(Path.Combine(root, "docs/sdk.md")))
            .Select(static match => match.Groups[1].Value.Trim())
            .ToArray();

        Assert.True(pieces.Length >= 4);
        Assert.All(pieces, piece => Assert.Contains(
            sources, source => source.Contains(piece, StringComparison.Ordinal)));
    }

    [Fact]
    public void The_sample_has_fewer_than_a_hundred_lines() =>
        Assert.True(Directory.EnumerateFiles(Path.Combine(Root(), "docs/samples/batch-framework"), "*.cs")
            .Sum(static file => File.ReadLines(file).Count()) < 100);

    private static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at!.FullName, "ClusterScheduler.sln")))
        {
            at = at.Parent;
        }

        return at.FullName;
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Pieces();
}
