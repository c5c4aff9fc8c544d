using ClusterScheduler.Core.Jobs.Findings;
using YamlDotNet.Core;

namespace ClusterScheduler.Cli.JobFiles;

/// <summary>Says what is wrong with a text that is no YAML, for people who do not know YAML's grammar.</summary>
internal static class YamlFaults
{
    public static TextPosition At(Mark mark) => new((int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));

    public static JobFinding Explain(YamlException error, string text)
    {
        var at = At(error.Start);
        var lines = text.Split('\n');
        foreach (var number in new[] { at.Line, at.Line + 1, at.Line - 1 })
        {
            if (number >= 1 && number <= lines.Length && TabAt(lines[number - 1]) is { } column)
            {
                return new JobFinding(JobFindingKind.Tab, "", new TextPosition(number, column),
                    "a tab stands in the indentation", "spaces; YAML does not allow tabs there");
            }
        }

        return new JobFinding(JobFindingKind.Syntax, "", at, $"this is no YAML: {Reason(error)}", Remedy(lines, at));
    }

    /// <summary>The column of a tab before the first other character.</summary>
    private static int? TabAt(string line)
    {
        var indentation = line.Length - line.TrimStart(' ', '\t').Length;
        var tab = line.IndexOf('\t', StringComparison.Ordinal);
        return tab >= 0 && tab < indentation ? tab + 1 : null;
    }

    /// <summary>The library puts the place in front of its messages; ours stands elsewhere.</summary>
    private static string Reason(YamlException error)
    {
        var message = error.InnerException?.Message ?? error.Message;
        var place = message.IndexOf("): ", StringComparison.Ordinal);
        return (message.StartsWith('(') && place > 0 ? message[(place + 3)..] : message).TrimEnd('.');
    }

    private static string Remedy(string[] lines, TextPosition at)
    {
        var line = at.Line <= lines.Length ? lines[at.Line - 1] : "";
        return line.Contains("{{", StringComparison.Ordinal)
            ? "quotes around a value that begins with {{, as in \"{{job.dir}}/out\""
            : "check indentation, colons and quotes of this line and the one before";
    }
}
