using System.Globalization;
using ClusterScheduler.Core.Jobs.Life;

namespace ClusterScheduler.Cli.Running;

/// <summary>The end of a run for people: what came out, what failed and why, where the rest lies.</summary>
internal static class OutcomeText
{
    public static void Write(RunOutcome outcome, TextWriter output, bool color)
    {
        foreach (var failure in outcome.Failures)
        {
            WriteFailure(failure, output, color);
        }

        foreach (var result in outcome.Outputs)
        {
            output.WriteLine();
            output.WriteLine(Paint($"{result.Title} wrote:", "1", color));
            output.WriteLine("  " + result.Text.TrimEnd().Replace("\n", "\n  ", StringComparison.Ordinal));
        }

        output.WriteLine();
        foreach (var job in outcome.Last.Jobs)
        {
            output.WriteLine(JobLine(job));
        }

        output.WriteLine($"logs and files: {outcome.Directory}");
        output.WriteLine(Verdict(outcome, color));
        output.Flush();
    }

    private static void WriteFailure(TaskFailure failure, TextWriter output, bool color)
    {
        output.WriteLine();
        output.WriteLine(Paint($"{failure.Title} failed: {failure.End.Message}", "31", color));
        if (failure.End.Evidence is { } evidence)
        {
            var process = evidence.Process.Length > 0 ? $" of process {evidence.Process}" : "";
            output.WriteLine(evidence.Signal is { } signal
                ? string.Create(CultureInfo.InvariantCulture, $"  signal {signal}{process}")
                : string.Create(CultureInfo.InvariantCulture, $"  exit code {evidence.ExitCode}{process}"));
            if (evidence.LastLog.Length > 0)
            {
                output.WriteLine("  its last lines:");
                output.WriteLine("    " + evidence.LastLog.TrimEnd().Replace("\n", "\n    ", StringComparison.Ordinal));
            }
        }

        output.WriteLine($"  its directory: {failure.Path}");
    }

    private static string JobLine(JobProgress job)
    {
        var parts = Enum.GetValues<InstancePhase>()
            .Select(phase => (Phase: phase, Count: job.Count(phase)))
            .Where(part => part.Count > 0)
            .Select(part => string.Create(CultureInfo.InvariantCulture,
                $"{part.Count} {part.Phase.ToString().ToLowerInvariant()}"));
        var waits = job.Waiting.Length > 0 ? $" ({job.Waiting})" : "";
        return $"{job.Name}: {string.Join(", ", parts)}{waits}";
    }

    private static string Verdict(RunOutcome outcome, bool color)
    {
        var seconds = outcome.Last.Elapsed.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        return outcome switch
        {
            { Interrupted: true } => Paint($"interrupted after {seconds} s", "33", color),
            { Succeeded: true } => Paint($"finished in {seconds} s", "32", color),
            _ => Paint($"failed after {seconds} s", "31", color),
        };
    }

    private static string Paint(string text, string code, bool color) => color ? $"\e[{code}m{text}\e[0m" : text;
}
