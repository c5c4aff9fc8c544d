using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ClusterScheduler.Runtime.Tests.Rules;

/// <summary>
/// A file is one idea, a method is one thought, a line fits beside another. The exceptions may only shrink: one that
/// keeps the rule by now must leave the list.
/// </summary>
public sealed class SizeRules
{
    private const int FileLinesMax = 400;
    private const int MethodLinesMax = 60;
    private const int LineColumnsMax = 120;

    /// <summary>Files that may be longer than the rule says, with the reason.</summary>
    private static readonly Dictionary<string, string> LongFiles = new(StringComparer.Ordinal);

    /// <summary>Methods (path#Type.Method) that may be longer than the rule says, with the reason.</summary>
    private static readonly Dictionary<string, string> LongMethods = new(StringComparer.Ordinal);

    [Fact]
    public void No_file_is_longer_than_400_lines()
    {
        var found = Repository.Sources.Where(file => file.Lines.Length > FileLinesMax)
            .ToDictionary(file => file.Path, file => $"{file.Lines.Length} lines", StringComparer.Ordinal);
        Expect.OnlyListed(found, LongFiles);
    }

    [Fact]
    public void No_method_is_longer_than_60_lines()
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Repository.Sources)
        {
            foreach (var method in file.Syntax.DescendantNodes().Where(IsMethod))
            {
                var span = method.GetLocation().GetLineSpan();
                var lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
                if (lines > MethodLinesMax)
                {
                    found[$"{file.Path}#{NameOf(method)}"] = $"{lines} lines at {file.At(method)}";
                }
            }
        }

        Expect.OnlyListed(found, LongMethods);
    }

    [Fact]
    public void No_line_is_wider_than_120_columns() =>
        Expect.None(
            from file in Repository.Sources
            from line in file.Lines.Select((text, index) => (Text: text, Number: index + 1))
            where line.Text.Length > LineColumnsMax
            select $"{file.Path}:{line.Number} has {line.Text.Length} columns");

    private static bool IsMethod(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax;

    private static string NameOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => $"{TypeOf(node)}.{method.Identifier.Text}",
        LocalFunctionStatementSyntax local => $"{TypeOf(node)}.{local.Identifier.Text}",
        _ => $"{TypeOf(node)}.{node.GetType().Name}",
    };

    private static string TypeOf(SyntaxNode node) =>
        node.Ancestors().OfType<BaseTypeDeclarationSyntax>().FirstOrDefault()?.Identifier.Text ?? "";
}
