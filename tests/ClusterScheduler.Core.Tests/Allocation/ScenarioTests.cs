using System.Runtime.CompilerServices;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>
/// Scenarios as text: a command a line, what it answers indented below it, and # for what a person should know. With
/// SCENARIOS_WRITE=1 the answers are written instead of compared, for a person to review.
/// </summary>
public sealed class ScenarioTests
{
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Folder(), "*.txt").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_step_answers_as_the_file_says(string file)
    {
        var path = Path.Combine(Folder(), file);
        var expected = File.ReadAllText(path);
        var actual = Replay(expected);
        if (Environment.GetEnvironmentVariable("SCENARIOS_WRITE") == "1")
        {
            File.WriteAllText(path, actual);
            return;
        }

        Assert.Equal(expected, actual);
    }

    private static string Replay(string text)
    {
        var scenario = new Scenario();
        var lines = new List<string>();
        var steps = text.TrimEnd('\n').Split('\n').Where(line => !line.StartsWith("  ", StringComparison.Ordinal));
        foreach (var line in steps)
        {
            lines.Add(line);
            var isCommand = line.Length > 0 && line[0] != '#';
            lines.AddRange(isCommand ? scenario.Run(line).Select(answer => "  " + answer) : []);
        }

        return string.Join('\n', lines) + '\n';
    }

    private static string Folder([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "Scenarios");
}
