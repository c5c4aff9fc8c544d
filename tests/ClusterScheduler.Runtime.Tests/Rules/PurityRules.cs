using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ClusterScheduler.Runtime.Tests.Rules;

/// <summary>Core and Protocol decide and say; clock, chance, threads and files come to them as inputs.</summary>
public sealed class PurityRules
{
    private static readonly Dictionary<string, string> BannedMembers = new(StringComparer.Ordinal)
    {
        ["DateTime.Now"] = "take the time as a parameter",
        ["DateTime.UtcNow"] = "take the time as a parameter",
        ["DateTime.Today"] = "take the time as a parameter",
        ["DateTimeOffset.Now"] = "take the time as a parameter",
        ["DateTimeOffset.UtcNow"] = "take the time as a parameter",
        ["Guid.NewGuid"] = "take the id as a parameter",
        ["Guid.CreateVersion7"] = "take the id as a parameter",
        ["Task.Run"] = "return what is to be done as an effect",
        ["Task.Delay"] = "return what is to be done as an effect",
        ["TimeProvider.System"] = "take the time as a parameter",
    };

    private static readonly Dictionary<string, string> BannedTypes = new(StringComparer.Ordinal)
    {
        ["Random"] = "take the seed or the number as a parameter",
        ["RandomNumberGenerator"] = "take the number as a parameter",
        ["Stopwatch"] = "take the time as a parameter",
        ["Thread"] = "a decision has one thread: its caller's",
        ["Interlocked"] = "a decision has one thread: its caller's",
        ["Monitor"] = "a decision has one thread: its caller's",
        ["ConcurrentDictionary"] = "a decision has one thread: its caller's",
        ["Environment"] = "settings come as parameters",
        ["Console"] = "return what is to be said",
        ["File"] = "return what is to be done as an effect",
        ["Directory"] = "return what is to be done as an effect",
        ["Process"] = "return what is to be done as an effect",
        ["HttpClient"] = "return what is to be done as an effect",
    };

    [Theory]
    [InlineData("src/ClusterScheduler.Core")]
    [InlineData("src/ClusterScheduler.Protocol")]
    public void Nothing_reads_the_clock_chance_threads_or_files(string folder) =>
        Expect.None(Repository.Under(folder).SelectMany(Banned));

    private static IEnumerable<string> Banned(SourceFile file)
    {
        foreach (var access in file.Syntax.DescendantNodes().OfType<MemberAccessExpressionSyntax>())
        {
            var left = access.Expression is MemberAccessExpressionSyntax { Name: var inner }
                ? inner.Identifier.Text
                : access.Expression.ToString();
            if (BannedMembers.TryGetValue($"{left}.{access.Name.Identifier.Text}", out var memberInstead))
            {
                yield return $"{file.At(access)} {left}.{access.Name.Identifier.Text}: {memberInstead}";
            }
            else if (BannedTypes.TryGetValue(left, out var typeInstead))
            {
                yield return $"{file.At(access)} {access}: {typeInstead}";
            }
        }

        foreach (var created in file.Syntax.DescendantNodes().OfType<ObjectCreationExpressionSyntax>())
        {
            var name = created.Type.ToString().Split('<')[0].Split('.')[^1];
            if (BannedTypes.TryGetValue(name, out var instead))
            {
                yield return $"{file.At(created)} new {name}: {instead}";
            }
        }
    }
}
