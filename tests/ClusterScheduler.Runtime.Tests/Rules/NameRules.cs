using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ClusterScheduler.Runtime.Tests.Rules;

/// <summary>A name says what a thing is; these endings say nothing.</summary>
public sealed class NameRules
{
    private static readonly string[] EmptyEndings = ["Manager", "Helper", "Helpers", "Util", "Utils", "Impl", "Base"];

    /// <summary>Names that Akka.NET gave, which its embedded form must have.</summary>
    private const string EnginePath = "src/Akka.Embedded";

    [Fact]
    public void No_type_of_the_product_has_an_empty_ending() =>
        Expect.None(
            from file in Repository.Sources
            where !file.Path.StartsWith(EnginePath, StringComparison.Ordinal)
            from type in file.Syntax.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()
            from ending in EmptyEndings
            where type.Identifier.Text.EndsWith(ending, StringComparison.Ordinal)
            select $"{file.At(type)} {type.Identifier.Text}: say what it is instead of '{ending}'");

    [Fact]
    public void Every_file_is_named_after_a_type_in_it() =>
        Expect.None(
            from file in Repository.Under("src")
            let types = file.Syntax.DescendantNodes()
                .Where(node => node is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax)
                .Select(node => node is BaseTypeDeclarationSyntax type
                    ? type.Identifier.Text
                    : ((DelegateDeclarationSyntax)node).Identifier.Text)
                .ToHashSet(StringComparer.Ordinal)
            where types.Count > 0 && !types.Contains(Path.GetFileName(file.Path).Split('.')[0])
            select $"{file.Path} holds {string.Join(", ", types.Take(3))}");

    [Fact]
    public void Nothing_is_left_for_later() =>
        Expect.None(
            from file in Repository.Sources
            where !file.Path.EndsWith("Rules/NameRules.cs", StringComparison.Ordinal)
            from line in file.Lines.Select((text, index) => (Text: text, Number: index + 1))
            from word in new[] { "TODO", "FIXME", "HACK", "NotImplementedException" }
            where line.Text.Contains(word, StringComparison.Ordinal)
            select $"{file.Path}:{line.Number} {word}");
}
