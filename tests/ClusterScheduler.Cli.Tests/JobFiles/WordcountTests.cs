using System.Diagnostics;
using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Jobs.Templates;

namespace ClusterScheduler.Cli.Tests.JobFiles;

/// <summary>What the commands of the sample compute, run one after the other without a cluster, is what the classic
/// pipeline computes.</summary>
public class WordcountTests
{
    [Fact]
    public void Map_and_reduce_count_like_sort_and_uniq()
    {
        var directory = Directory.CreateTempSubdirectory("csched-wordcount").FullName;
        try
        {
            foreach (var job in SampleFileTests.Load("wordcount.yaml").Reading.File!.Jobs)
            {
                for (var instance = 0; instance < job.Instances; instance++)
                {
                    Run(job, instance, directory);
                }
            }

            var expected = Shell(
                "cat \"$SAMPLES\"/*.txt | tr -cs A-Za-z '\\n' | tr A-Z a-z | sed '/^$/d' | sort | uniq -c",
                new() { ["SAMPLES"] = Path.Combine(Repository.Root, "docs/samples/data") });
            Assert.Equal(Lines(expected), Lines(File.ReadAllText(Path.Combine(directory, "result"))));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static List<string> Lines(string counts) =>
        [.. counts.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim())
            .Order(StringComparer.Ordinal)];

    private static void Run(JobSpec job, int instance, string directory)
    {
        var plan = PlanTemplates.FillDirectory(
            PlanTemplates.FillLaunch(job.Task.Plan, instance, "here", []), directory);
        Shell(plan.Processes[0].Arguments[2],
            plan.Environment.ToDictionary(variable => variable.Name, variable => variable.Value));
    }

    private static string Shell(string command, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
