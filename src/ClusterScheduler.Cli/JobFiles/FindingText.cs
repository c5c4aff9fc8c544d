using System.Text;
using ClusterScheduler.Core.Jobs.Findings;

namespace ClusterScheduler.Cli.JobFiles;

/// <summary>Prints findings as compilers do: file, line, column, the line itself with a mark under the place, what is
/// wrong and what would be right.</summary>
public static class FindingText
{
    private const int LineShownMax = 160;

    /// <summary>All findings of a source, in its order, then their number.</summary>
    public static string Render(JobFileSource source)
    {
        var text = new StringBuilder();
        var lines = source.Text.Split('\n');
        foreach (var finding in source.Reading.Findings)
        {
            Render(text, source.Path, lines, finding);
        }

        var count = source.Reading.Findings.Length;
        return text.Append(System.Globalization.CultureInfo.InvariantCulture,
            $"{count} {(count == 1 ? "error" : "errors")} in {source.Path}\n").ToString();
    }

    private static void Render(StringBuilder text, string path, string[] lines, JobFinding finding)
    {
        var at = finding.Position;
        var isAboutText = finding.Kind is not (JobFindingKind.FileNotFound or JobFindingKind.NotAFile
            or JobFindingKind.Unreadable);
        text.Append(path).Append(isAboutText ? $":{at}" : "").Append(": error: ").Append(finding.Problem);
        text.Append(finding.Path.Length > 0 ? $" [{finding.Path}]\n" : "\n");
        if (at.Line <= lines.Length && lines[at.Line - 1].TrimEnd() is { Length: > 0 and <= LineShownMax } line)
        {
            var indent = new string([.. line.Take(at.Column - 1).Select(c => c == '\t' ? '\t' : ' ')]);
            text.Append("    ").Append(line).Append('\n').Append("    ").Append(indent).Append("^\n");
        }

        text.Append("  right would be: ").Append(finding.Remedy).Append('\n');
    }
}
