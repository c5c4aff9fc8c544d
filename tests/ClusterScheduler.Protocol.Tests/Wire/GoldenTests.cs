using System.Text;
using ClusterScheduler.Protocol.Wire;

namespace ClusterScheduler.Protocol.Tests.Wire;

/// <summary>
/// The bytes of one example of everything on the wire are in git. When a record is extended on purpose, run the tests
/// once with UPDATE_GOLDEN=1: the old bytes move to Golden/History, where they must stay readable for ever.
/// </summary>
public sealed class GoldenTests(WireSubject subject) : IClassFixture<WireSubject>
{
    public static TheoryData<string> Names => [.. WireManifests.All.Select(static manifest => manifest.Name)];


    private static string History => Path.Combine(RepositoryPaths.Golden, "History");

    [Theory]
    [MemberData(nameof(Names))]
    public void An_example_is_written_as_in_its_golden_file_and_read_back(string name)
    {
        var type = WireManifests.All.Single(manifest => manifest.Name == name).Type;
        var example = new SampleValues(subject.Actor).Make(type);
        var written = subject.Write(example);
        var golden = Golden(name, written);

        Assert.True(golden == written,
            $"{name} is written as\n  {written}\nbut golden is\n  {golden}\n"
            + "If it was extended on purpose: UPDATE_GOLDEN=1 dotnet test tests/ClusterScheduler.Protocol.Tests");
        Assert.Null(Deep.Difference(example, subject.Serializer.FromBinary(Encoding.UTF8.GetBytes(golden), name)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Bytes_of_every_earlier_form_are_readable(string name)
    {
        var files = Directory.Exists(History) ? Directory.GetFiles(History, FileOf(name, "*")) : [];
        Assert.All(files, file => Assert.NotNull(subject.Serializer.FromBinary(File.ReadAllBytes(file), name)));
    }

    [Fact]
    public void No_golden_file_is_left_of_what_is_no_longer_known()
    {
        var known = WireManifests.All.Select(static manifest => FileOf(manifest.Name)).ToHashSet();
        Assert.All(
            Directory.EnumerateFiles(RepositoryPaths.Golden, "*.json"),
            file => Assert.Contains(Path.GetFileName(file), known));
    }

    private static string Golden(string name, string written)
    {
        var file = Path.Combine(RepositoryPaths.Golden, FileOf(name));
        var golden = File.Exists(file) ? File.ReadAllText(file) : null;
        if (golden == written || !RepositoryPaths.MayWrite)
        {
            return golden ?? "(there is no golden file)";
        }

        if (golden is not null)
        {
            Directory.CreateDirectory(History);
            var number = Directory.GetFiles(History, FileOf(name, "*")).Length + 1;
            File.Move(file, Path.Combine(History, FileOf(name, $".{number}")));
        }

        File.WriteAllText(file, written);
        return written;
    }

    private static string FileOf(string name, string suffix = "") =>
        $"{name.Replace('/', '.')}{suffix}.json";
}
