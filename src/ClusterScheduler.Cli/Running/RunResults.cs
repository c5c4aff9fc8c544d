using System.Collections.Immutable;
using System.Text;
using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Jobs.Life;

namespace ClusterScheduler.Cli.Running;

/// <summary>What came out of a run, read from the sandboxes of its tasks.</summary>
internal static class RunResults
{
    private const int OutputsMax = 6;
    private const int FailuresMax = 5;
    private const int TailBytes = 4096;
    private const int TailLines = 20;

    /// <summary>What the jobs wrote that no other job waits for.</summary>
    public static ImmutableArray<TaskOutput> Outputs(JobFile file, RunSnapshot last, string directory)
    {
        var waitedFor = file.Jobs.SelectMany(job => job.After).ToHashSet();
        var found = ImmutableArray.CreateBuilder<TaskOutput>();
        foreach (var (job, spec) in last.Jobs.Zip(file.Jobs))
        {
            foreach (var instance in job.Instances)
            {
                if (!waitedFor.Contains(spec.Key) && instance.Phase == InstancePhase.Finished
                    && found.Count < OutputsMax && Sandbox(directory, instance) is { } sandbox
                    && Tail(Path.Combine(sandbox, "stdout")) is { Length: > 0 } text)
                {
                    found.Add(new TaskOutput(Title(job, instance), Path.Combine(sandbox, "stdout"), text));
                }
            }
        }

        return found.ToImmutable();
    }

    /// <summary>The first instances that failed for good.</summary>
    public static ImmutableArray<TaskFailure> Failures(RunSnapshot last, string directory) =>
        [.. last.Jobs.SelectMany(job => job.Instances
                .Where(instance => instance.Phase == InstancePhase.Failed)
                .Select(instance => (Job: job, Instance: instance)))
            .Take(FailuresMax)
            .Where(failed => failed.Instance.End is not null)
            .Select(failed => new TaskFailure(
                Title(failed.Job, failed.Instance),
                Sandbox(directory, failed.Instance) ?? directory,
                failed.Instance.End!))];

    private static string Title(JobProgress job, InstanceProgress instance) =>
        job.Instances.Length == 1 ? job.Name : FormattableString.Invariant($"{job.Name}/{instance.Number}");

    private static string? Sandbox(string directory, InstanceProgress instance)
    {
        if (instance.TaskId is null || instance.Host is null)
        {
            return null;
        }

        var sandboxes = Path.Combine(directory, "agents", instance.Host, "sandboxes");
        return Directory.Exists(sandboxes)
            ? Directory.EnumerateDirectories(sandboxes, instance.TaskId, new EnumerationOptions
            {
                RecurseSubdirectories = true,
                MaxRecursionDepth = 2,
            }).FirstOrDefault()
            : null;
    }

    /// <summary>The last lines of a file.</summary>
    private static string Tail(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var cut = file.Length > TailBytes;
            file.Seek(-Math.Min(TailBytes, file.Length), SeekOrigin.End);
            using var reader = new StreamReader(file, Encoding.UTF8);
            var lines = reader.ReadToEnd().TrimEnd('\n').Split('\n');
            var shown = lines.Skip(cut ? 1 : 0).TakeLast(TailLines).ToList();
            return (shown.Count < lines.Length ? "...\n" : "") + string.Join('\n', shown);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
