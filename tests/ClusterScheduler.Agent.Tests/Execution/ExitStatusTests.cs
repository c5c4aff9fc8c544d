using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Agent.Tests.Execution;

public sealed class ExitStatusTests
{
    [Fact]
    public async Task A_task_finishes_and_what_it_wrote_is_in_its_sandbox()
    {
        await using var agent = await RealExecution.StartAsync();
        var key = agent.Shell("hello", "echo out; echo err >&2");

        var end = await agent.EndedAsync(key);

        Assert.IsType<TaskOutcome.Finished>(end.Result.Outcome);
        Assert.Equal("out\n", agent.Output(key));
        Assert.Equal("err\n", agent.Output(key, "stderr"));
        Assert.Equal(2, agent.CountOf(key));
    }

    [Theory]
    [InlineData("exit 3", 3, null)]
    [InlineData("exit 143", 143, null)]
    [InlineData("kill -TERM $$", null, 15)]
    [InlineData("kill -SEGV $$", null, 11)]
    [InlineData("kill -KILL $$", null, 9)]
    public async Task The_true_end_is_told_also_where_a_shell_shows_the_same_number(string line, int? code, int? signal)
    {
        await using var agent = await RealExecution.StartAsync();
        var end = await agent.EndedAsync(agent.Shell("task", line));

        Assert.IsType<TaskOutcome.Failed>(end.Result.Outcome);
        Assert.Equal(code, end.Evidence.ExitCode);
        Assert.Equal(signal, end.Evidence.Signal);
    }

    [Fact]
    public async Task A_failure_comes_with_its_last_lines()
    {
        await using var agent = await RealExecution.StartAsync();
        var end = await agent.EndedAsync(agent.Shell("task", "seq 1 9999 >&2; echo this is why >&2; exit 1"));

        Assert.EndsWith("9999\nthis is why", end.Evidence.LastLog, StringComparison.Ordinal);
        Assert.True(end.Evidence.LastLog.Length <= agent.Settings.EvidenceBytesMax);
        Assert.True(end.Evidence.PeakMemoryMiB > 0);
        Assert.Equal("exited with code 1", end.Message);
    }

    [Fact]
    public async Task The_environment_is_clean_and_says_where_the_task_is()
    {
        Environment.SetEnvironmentVariable("SECRET_OF_THE_DAEMON", "x");
        await using var agent = await RealExecution.StartAsync();
        var key = agent.Launch("task", TaskPlan.OfShell("env; pwd; cat") with
        {
            Environment = [new("PLAN", "p"), new("BOTH", "plan")],
        }, new EnvironmentVariable("PORT_HTTP", "31000"), new EnvironmentVariable("BOTH", "agent"));
        await agent.EndedAsync(key);

        var lines = agent.Output(key).Split('\n');
        Assert.Contains($"MESOS_SANDBOX={agent.Sandbox(key)}", lines);
        Assert.Contains($"MESOS_DIRECTORY={agent.Sandbox(key)}", lines);
        Assert.Contains("MESOS_TASK_ID=task", lines);
        Assert.Contains("MESOS_FRAMEWORK_ID=framework", lines);
        Assert.Contains("PORT_HTTP=31000", lines);
        Assert.Contains("PLAN=p", lines);
        Assert.Contains("BOTH=plan", lines);
        Assert.Contains(agent.Sandbox(key), lines);
        Assert.DoesNotContain(lines, line => line.StartsWith("SECRET", StringComparison.Ordinal)
            || line.StartsWith("DOTNET", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_process_inherits_no_descriptor_no_blocked_and_no_ignored_signal()
    {
        await using var agent = await RealExecution.StartAsync();
        var key = agent.Launch(
            "task", TaskPlan.Of("sh", "-c", "ls /proc/self/fd; grep -E 'Sig(Blk|Ign)' /proc/self/status"));
        await agent.EndedAsync(key);

        // The two signals that the C library keeps for itself are ignored in every process that posix_spawn makes.
        Assert.Equal(
            ["0", "1", "2", "3", "SigBlk:\t0000000000000000", "SigIgn:\t0000000000000000"],
            agent.Output(key).Replace("180000000", "000000000", StringComparison.Ordinal)
                .Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task An_id_full_of_tricks_stays_inside_its_sandbox()
    {
        await using var agent = await RealExecution.StartAsync();
        var key = agent.Shell("../../../etc/" + new string('x', 300) + "\n", "pwd");
        await agent.EndedAsync(key);

        Assert.StartsWith(Path.Combine(agent.Directory, "sandboxes"), agent.Output(key), StringComparison.Ordinal);
        Assert.Equal(3, agent.Output(key).Trim()[agent.Directory.Length..].Count(character => character == '/'));
    }
}
