using System.Text;
using ClusterScheduler.Protocol.Wire;

namespace ClusterScheduler.Protocol.Tests.Wire;

/// <summary>
/// The whole wire contract as one text in git, so that any change of it is seen as a difference in review.
/// </summary>
public sealed class ContractTests(WireSubject subject) : IClassFixture<WireSubject>
{
    private static string ContractFile => Path.Combine(RepositoryPaths.Golden, "contract.txt");

    [Fact]
    public void The_contract_is_the_one_in_git()
    {
        var contract = Describe();
        if (RepositoryPaths.MayWrite)
        {
            File.WriteAllText(ContractFile, contract);
        }

        Assert.True(File.Exists(ContractFile) && File.ReadAllText(ContractFile) == contract,
            "The wire contract changed. If on purpose: UPDATE_GOLDEN=1 dotnet test"
            + " tests/ClusterScheduler.Protocol.Tests"
            + $", and look at the difference of {Path.GetFileName(ContractFile)}. It is now:\n{contract}");
    }

    private string Describe()
    {
        var text = new StringBuilder();
        var inner = new SortedDictionary<string, WireCodec>(StringComparer.Ordinal);
        foreach (var manifest in WireManifests.All.OrderBy(static manifest => manifest.Name, StringComparer.Ordinal))
        {
            var codec = subject.Serializer.CodecOf(manifest.Type);
            Append(text, manifest.Name, codec);
            foreach (var part in codec.Inner)
            {
                Collect(part, inner);
            }
        }

        text.Append('\n');
        foreach (var (name, codec) in inner)
        {
            Append(text, name, codec);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, string name, WireCodec codec)
    {
        text.Append(name).Append('\n');
        foreach (var line in codec.Shape)
        {
            text.Append("  ").Append(line).Append('\n');
        }
    }

    private static void Collect(WireCodec codec, SortedDictionary<string, WireCodec> into)
    {
        if (codec.Shape.Any() && !into.TryAdd(codec.Name, codec))
        {
            Assert.True(ReferenceEquals(codec, into[codec.Name]), $"two records are called {codec.Name}");
            return;
        }

        foreach (var part in codec.Inner)
        {
            Collect(part, into);
        }
    }
}
