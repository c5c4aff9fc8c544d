using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Agent.Tests.Execution;

/// <summary>What cannot be started says why, ends the task, and leaves the agent at work.</summary>
public sealed class FailureTests
{
    [Fact]
    public async Task A_command_that_is_nowhere_in_PATH_is_told_apart_from_a_shell_that_does_not_find_one()
    {
        await using var agent = await RealExecution.StartAsync();

        var direct = await agent.EndedAsync(agent.Launch("direct", TaskPlan.Of("no-such-program", "x")));
        var path = await agent.EndedAsync(agent.Launch("path", TaskPlan.Of("/no/such/program")));
        var shell = await agent.EndedAsync(agent.Shell("shell", "no-such-program"));

        Assert.Equal(SpawnErrorKind.CommandNotFound, KindOf(direct));
        Assert.Contains("'no-such-program' is in no directory of PATH", direct.Message, StringComparison.Ordinal);
        Assert.Equal(SpawnErrorKind.CommandNotFound, KindOf(path));
        Assert.Equal(127, shell.Evidence.ExitCode);
        Assert.Contains("no-such-program", shell.Evidence.LastLog, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_program_and_a_script_without_its_interpreter_are_told()
    {
        await using var agent = await RealExecution.StartAsync();
        var text = Path.Combine(agent.Directory, "text");
        await File.WriteAllTextAsync(text, "hello");
        var script = Path.Combine(agent.Directory, "script");
        await File.WriteAllTextAsync(script, "#!/no/such/interpreter\n");
        await agent.EndedAsync(agent.Shell("chmod", $"chmod +x {script}"));

        var plain = await agent.EndedAsync(agent.Launch("plain", TaskPlan.Of(text)));
        var orphan = await agent.EndedAsync(agent.Launch("orphan", TaskPlan.Of(script)));

        Assert.Equal(SpawnErrorKind.NotExecutable, KindOf(plain));
        Assert.Equal(SpawnErrorKind.NotExecutable, KindOf(orphan));
        Assert.Contains("interpreter", orphan.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arguments_that_are_too_long_are_told()
    {
        await using var agent = await RealExecution.StartAsync();

        var end = await agent.EndedAsync(agent.Launch("long", TaskPlan.Of("true", new string('x', 3 << 20))));

        Assert.Equal(SpawnErrorKind.ArgumentsTooLong, KindOf(end));
    }

    [Fact]
    public async Task A_sandbox_that_cannot_be_made_is_told()
    {
        await using var agent = await RealExecution.StartAsync();
        await File.WriteAllTextAsync(Path.Combine(agent.Directory, "sandboxes", "framework"), "in the way");

        var end = await agent.EndedAsync(agent.Shell("task", "true"));

        Assert.Equal(SpawnErrorKind.SandboxUnusable, KindOf(end));
        File.Delete(Path.Combine(agent.Directory, "sandboxes", "framework"));
        Assert.IsType<TaskOutcome.Finished>((await agent.EndedAsync(agent.Shell("next", "true"))).Result.Outcome);
    }

    [Fact]
    public async Task A_task_that_removes_its_own_sandbox_cannot_run_its_next_process_and_says_so()
    {
        await using var agent = await RealExecution.StartAsync();
        var plan = TaskPlan.OfShell("") with
        {
            Processes = [new("first", ["/bin/sh", "-c", "rm -rf \"$MESOS_SANDBOX\""]), new("second", ["true"])],
            Order = [new("first", "second")],
        };

        var end = await agent.EndedAsync(agent.Launch("task", plan));

        Assert.Equal(SpawnErrorKind.SandboxUnusable, KindOf(end));
        Assert.Contains("process 'second'", end.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_keeper_that_cannot_be_started_fails_what_waits_for_it()
    {
        var directory = Directory.CreateTempSubdirectory("csched-agent-").FullName;
        await using (var execution = new ClusterScheduler.Agent.Execution.KeeperExecution(
            new(directory, ["/no/such/keeper"])))
        {
            var ended = new TaskCompletionSource<ClusterScheduler.Agent.Execution.ExecutionReport>();
            await execution.StartAsync(report => ended.TrySetResult(report), CancellationToken.None);
            execution.Launch(new(RealExecution.Key("task"), TaskPlan.OfShell("true"), [], default));

            var end = await ended.Task.WaitAsync(RealExecution.Patience);

            Assert.Contains("keeper cannot be started", Assert.IsType<ClusterScheduler.Agent.Execution
                .ExecutionReport.Ended>(end).Message, StringComparison.Ordinal);
        }

        Directory.Delete(directory, recursive: true);
    }

    private static SpawnErrorKind? KindOf(ClusterScheduler.Agent.Execution.ExecutionReport.Ended end) =>
        end.Result.Outcome is TaskOutcome.Failed { Status: ExitStatus.NotStarted not } ? not.Error.Kind : null;
}
