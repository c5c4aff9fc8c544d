using System.Text;
using ClusterScheduler.EndToEnd.Tests.Harness;

namespace ClusterScheduler.EndToEnd.Tests.Runs;

/// <summary>Each kind of wrong input ends with 2, a place and what would be right; nothing is started.</summary>
public sealed class WrongInputTests
{
    [Theory]
    [InlineData("jobs: [{nmae: a, task: {command: 'true'}}]", "nmae", "name")]
    [InlineData("jobs: [{name: a, task: {command: ''}}]", "command", "1:")]
    [InlineData("jobs: [{name: a, instances: many, task: {command: 'true'}}]", "instances", "1:")]
    [InlineData("jobs: [{name: a, task: {command: 'true', resources: {cpus: -1}}}]", "cpus", "1:")]
    [InlineData("jobs: [{name: a, task: {command: 'true', resources: {mem: 900000TiB}}}]", "mem", "1:")]
    [InlineData("jobs: [{name: a, task: {command: 'true'}}, {name: a, task: {command: 'true'}}]", "twice", "1:")]
    [InlineData(
        "jobs: [{name: a, after: [b], task: {command: 'true'}}, {name: b, after: [a], task: {command: 'true'}}]",
        "after", "1:")]
    [InlineData("jobs: [{name: a, after: [c], task: {command: 'true'}}]", "'c'", "1:")]
    [InlineData("jobs: [", "1:", "error")]
    [InlineData("", "error", "jobs")]
    public async Task Wrong_files_are_refused_with_place_and_remedy(string text, string names, string alsoNames)
    {
        using var workspace = new Workspace();
        var result = await Csched.Run(workspace, "run", workspace.File("jobs.yaml", text));

        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains("jobs.yaml", result.Errors, StringComparison.Ordinal);
        Assert.Contains(names, result.Errors, StringComparison.Ordinal);
        Assert.Contains(alsoNames, result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Errors + result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_does_not_exist_is_said_so()
    {
        using var workspace = new Workspace();
        var result = await Csched.Run(workspace, "run", workspace.Inside("none.yaml"));
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains("there is no such file", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_no_UTF_8_are_said_with_their_place()
    {
        using var workspace = new Workspace();
        await File.WriteAllBytesAsync(
            workspace.Inside("jobs.yaml"), [.. Encoding.ASCII.GetBytes("jobs:\n- name: "), 0xC3, 0x28]);
        var result = await Csched.Run(workspace, "run", workspace.Inside("jobs.yaml"));
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Contains("UTF-8", result.Errors, StringComparison.Ordinal);
        Assert.Contains(":2:", result.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("rnu", "x.yaml")]
    [InlineData("run", "x.yaml", "--agents", "0")]
    [InlineData("run", "x.yaml", "--agents", "three")]
    [InlineData("run", "x.yaml", "--output", "xml")]
    [InlineData("task", "lits")]
    [InlineData("dev", "--port", "99999")]
    public async Task Wrong_command_lines_are_refused(params string[] arguments)
    {
        using var workspace = new Workspace();
        var result = await Csched.Run(workspace, arguments);
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.StartsWith("csched: ", result.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_that_can_never_fit_says_which_agent_comes_nearest()
    {
        using var workspace = new Workspace();
        var file = workspace.File("jobs.yaml", """
            jobs:
              - name: huge
                task: {command: "true", resources: {cpus: 64}}
            """);
        var result = await Csched.Run(workspace, "run", file, "--data", workspace.Data);
        Assert.True(result.ExitCode is 1 or 2, result.ToString());
        var said = result.Output + result.Errors;
        Assert.Contains("agent-", said, StringComparison.Ordinal);
        Assert.Contains("cpus", said, StringComparison.Ordinal);
    }
}
