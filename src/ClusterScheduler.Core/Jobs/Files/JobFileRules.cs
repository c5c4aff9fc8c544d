using System.Collections.Immutable;
using ClusterScheduler.Core.Jobs.Findings;
using ClusterScheduler.Core.Jobs.Format;

namespace ClusterScheduler.Core.Jobs.Files;

/// <summary>What became of a job file: the jobs, or everything that is wrong with it.</summary>
/// <param name="File">The jobs; null when there is a finding.</param>
/// <param name="Findings">In order of the text; empty when the file is right.</param>
public sealed record JobFileReading(JobFile? File, ImmutableArray<JobFinding> Findings)
{
    /// <summary>A file that could not even be taken apart.</summary>
    public static JobFileReading Refused(params IEnumerable<JobFinding> findings) =>
        new(null, [.. findings.OrderBy(finding => finding.Position)]);
}

/// <summary>Turns a tree into jobs by the rules of the format, or says all that is wrong with it.</summary>
public static class JobFileRules
{
    /// <summary>Findings beyond this number are left out; the file is refused all the same.</summary>
    public const int FindingsMax = 200;

    /// <summary>Checks every rule and, when all hold, makes the model.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="directory">Fills <c>{{file.dir}}</c>; null where there is no file.</param>
    public static JobFileReading Read(FileNode root, string? directory = null)
    {
        var findings = new List<JobFinding>();
        var format = new FormatChecker(findings);
        format.Check(root, JobFileFormat.File, "");
        if (root is FileNode.Map map)
        {
            var tree = new CheckedTree(map, format);
            AgentChecks.Check(tree);
            JobNameChecks.Check(tree);
            foreach (var job in tree.Items(map["jobs"], "jobs"))
            {
                ConstraintChecks.Check(tree, job);
                TaskChecks.Check(tree, job, directory is not null);
            }
        }

        return findings.Count == 0 && root is FileNode.Map valid
            ? new JobFileReading(new JobFileBinder(directory).Bind(valid), [])
            : JobFileReading.Refused(findings.OrderBy(finding => finding.Position).Take(FindingsMax));
    }

    /// <summary>Makes the model from a tree that was checked before it was stored.</summary>
    /// <exception cref="InvalidCastException">The tree is none of a job file.</exception>
    public static JobFile Restore(FileNode root) => new JobFileBinder(null).Bind((FileNode.Map)root);

    /// <summary>Checks a model by all rules, and, where it names agents, that these can hold every task.</summary>
    public static JobFileReading Check(JobFile file)
    {
        var reading = Read(JobFileTree.Of(file));
        return reading.File is null || AgentFitChecks.Check(file).ToList() is not { Count: > 0 } unfitting
            ? reading
            : JobFileReading.Refused(unfitting);
    }
}
