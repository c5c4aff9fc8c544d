using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ClusterScheduler.Runtime.Tests.Rules;

/// <summary>The files of this repository, found from where the test runs.</summary>
internal static class Repository
{
    private static readonly Lazy<IReadOnlyList<SourceFile>> LazySources = new(ReadSources);

    public static string Root { get; } = FindRoot();

    /// <summary>Every C# file that somebody wrote, in the order of their paths.</summary>
    public static IReadOnlyList<SourceFile> Sources => LazySources.Value;

    public static IEnumerable<SourceFile> Under(string folder) =>
        Sources.Where(file => file.Path.StartsWith(folder + "/", StringComparison.Ordinal));

    public static IEnumerable<string> ProjectFiles() =>
        Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal);

    private static List<SourceFile> ReadSources() =>
        [.. new[] { "src", "tests", "docs" }
            .Select(top => Path.Combine(Root, top))
            .Where(Directory.Exists)
            .SelectMany(top => Directory.EnumerateFiles(top, "*.cs", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/", StringComparison.Ordinal)
                && !path.Contains("/bin/", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, File.ReadAllText(Path.Combine(Root, path))))];

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "ClusterScheduler.sln")))
            {
                return at.FullName;
            }
        }

        throw new InvalidOperationException($"no ClusterScheduler.sln above {AppContext.BaseDirectory}");
    }
}

/// <summary>One C# file: its path from the root, its text and its syntax.</summary>
internal sealed class SourceFile(string path, string text)
{
    private readonly Lazy<SyntaxTree> _tree = new(() => CSharpSyntaxTree.ParseText(text, path: path));

    public string Path { get; } = path;

    public string[] Lines { get; } = text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    public SyntaxNode Syntax => _tree.Value.GetRoot();

    public string At(SyntaxNode node) => $"{Path}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";
}
