using System.Diagnostics;
using ClusterScheduler.EndToEnd.Tests.Harness;

namespace ClusterScheduler.EndToEnd.Tests.Runs;

/// <summary>Every sample, as a new user would run it.</summary>
public sealed class SampleTests
{
    [Fact]
    public async Task Wordcount_says_what_cat_tr_sort_and_uniq_say()
    {
        using var workspace = new Workspace();
        var result = await Csched.Run(
            workspace, "run", Workspace.Sample("wordcount.yaml"), "--data", workspace.Data);

        Assert.True(result.ExitCode == 0, result.ToString());
        var expected = await Shell(
            $"cat {Workspace.Repository}/docs/samples/data/*.txt | tr -cs 'A-Za-z' '\\n' | tr 'A-Z' 'a-z' "
            + "| sed '/^$/d' | sort | uniq -c | awk '{print $1, $2}' | sort -k1,1nr -k2,2");
        var file = Directory.EnumerateFiles(workspace.Data, "result", SearchOption.AllDirectories).Single();
        Assert.Equal(expected, await File.ReadAllTextAsync(file));
        Assert.Contains(expected.Split('\n')[0], result.Output, StringComparison.Ordinal);
        var hosts = new[] { "agent-1", "agent-2", "agent-3" };
        Assert.All(hosts, host => Assert.Contains($"on {host}", result.Output, StringComparison.Ordinal));
        Assert.Empty(RunningProcess.Of(workspace.Directory));
        Assert.Equal([workspace.Data], Directory.EnumerateFileSystemEntries(workspace.Directory));
    }

    [Fact]
    public async Task Three_agents_takes_the_assignment_with_the_smallest_sum()
    {
        using var workspace = new Workspace();
        var result = await Csched.Run(
            workspace, "run", Workspace.Sample("three-agents.yaml"), "--explain", "--data", workspace.Data);

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("task one on small", result.Output, StringComparison.Ordinal);
        Assert.Contains("task two on medium", result.Output, StringComparison.Ordinal);
        Assert.Contains("task three on large", result.Output, StringComparison.Ordinal);
        Assert.Contains("1.5", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Processes_runs_them_in_order_and_the_final_one_at_the_end()
    {
        using var workspace = new Workspace();
        var result = await Csched.Run(
            workspace, "run", Workspace.Sample("processes.yaml"), "--data", workspace.Data);

        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains("the sum is 55 after 3 runs", result.Output, StringComparison.Ordinal);
        Assert.Contains("cleaned up", result.Output, StringComparison.Ordinal);
    }

    private static async Task<string> Shell(string command)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", command])
        {
            RedirectStandardOutput = true,
        })!;
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        return output;
    }
}
