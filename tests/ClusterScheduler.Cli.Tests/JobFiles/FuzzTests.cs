using ClusterScheduler.Cli.JobFiles;

namespace ClusterScheduler.Cli.Tests.JobFiles;

/// <summary>Whatever the bytes, the reader answers with jobs or with findings.</summary>
public class FuzzTests
{
    private const string SeedVariable = "JOBFILE_SEED";

    private static readonly string[] Fragments =
        ["{", "}", "[", "]", ": ", "- ", "\n", "  ", "\t", "&a ", "*a", "!x ", "|", ">", "\"", "'", "#", "---\n",
        "? ", "<<: ", "%YAML 9\n", "\u0085", "\ufeff", "\\", "{{", "}}", "null", "~", "1e9", "\0", "@", "`"];

    [Fact]
    public void No_bytes_make_the_reader_throw()
    {
        var samples = SampleFileTests.Names
            .Select(name => File.ReadAllText(Path.Combine(Repository.Root, "docs", "samples", name))).ToArray();
        var seeds = int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), out var one)
            ? [one] : Enumerable.Range(1, 4_000);
        foreach (var seed in seeds)
        {
            var bytes = Garble(samples, new Random(seed));
            try
            {
                using var stream = new MemoryStream(bytes);
                var source = JobFileReader.Read("fuzz.yaml", stream);
                Assert.NotEqual(source.Reading.File is null, source.Reading.Findings.IsEmpty);
                Assert.NotEmpty(FindingText.Render(source));
            }
            catch (Exception error)
            {
                Assert.Fail($"seed {seed}; replay: {SeedVariable}={seed} dotnet test tests/ClusterScheduler.Cli.Tests "
                    + $"--filter FuzzTests\n{error}");
            }
        }
    }

    private static byte[] Garble(string[] samples, Random random)
    {
        var text = samples[random.Next(samples.Length)];
        for (var change = random.Next(1, 8); change > 0; change--)
        {
            var at = random.Next(text.Length);
            var length = Math.Min(random.Next(0, 12), text.Length - at);
            var fragment = Fragments[random.Next(Fragments.Length)];
            text = random.Next(3) switch
            {
                0 => text.Insert(at, fragment),
                1 => text.Remove(at, length),
                _ => text.Remove(at, length).Insert(at, fragment),
            };
        }

        var bytes = System.Text.Encoding.UTF8.GetBytes(text);
        if (random.Next(10) == 0)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }

        return bytes;
    }
}
