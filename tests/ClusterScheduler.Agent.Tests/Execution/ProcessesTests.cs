using System.Text;
using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Agent.Tests.Execution;

public sealed class ProcessesTests
{
    [Fact]
    public async Task Processes_keep_their_order_fail_as_often_as_they_may_and_the_final_one_runs_last()
    {
        await using var agent = await RealExecution.StartAsync();
        var plan = TaskPlan.OfShell("") with
        {
            Processes =
            [
                Shell("last", "echo last") with { Final = true },
                Shell("third", "echo third"),
                Shell("second", "echo x >> tries; [ $(wc -l < tries) -ge 3 ] && echo second") with { MaxFailures = 3 },
                Shell("first", "echo first"),
            ],
            Order = [new("first", "second"), new("second", "third")],
        };

        var key = agent.Launch("task", plan);
        var end = await agent.EndedAsync(key);

        Assert.IsType<TaskOutcome.Finished>(end.Result.Outcome);
        Assert.Equal("first\nsecond\nthird\nlast\n", agent.Output(key));
        Assert.Equal(2, agent.CountOf(key));
    }

    [Fact]
    public async Task A_task_of_several_processes_goes_on_while_its_agent_is_away()
    {
        await using var agent = await RealExecution.StartAsync();
        var go = Path.Combine(agent.Directory, "go");
        var plan = TaskPlan.OfShell("") with
        {
            Processes =
            [
                Shell("first", $"while ! [ -e {go} ]; do sleep 0.01; done"),
                Shell("second", "echo second"),
                Shell("last", "echo last") with { Final = true },
            ],
            Order = [new("first", "second")],
        };
        var key = agent.Launch("task", plan);
        await agent.StartedAsync(key);

        await agent.LetGoAsync();
        await File.WriteAllTextAsync(go, "");
        await Until.TrueAsync(() => agent.Record(key).Contains("result", StringComparison.Ordinal), "it ends");
        await agent.RestartAsync();

        Assert.IsType<TaskOutcome.Finished>(Assert.Single(agent.Recovered).Ended!.Result.Outcome);
        Assert.Equal("second\nlast\n", agent.Output(key));
    }

    [Fact]
    public async Task A_log_is_rotated_by_size_and_count_and_offsets_stay_true()
    {
        await using var agent = await RealExecution.StartAsync(settings => settings with
        {
            LogBytesMax = 100_000,
            LogBackups = 2,
        });
        var key = agent.Shell("task", "i=0; while [ $i -lt 60000 ]; do i=$((i+1)); echo $i; done; sleep 2.2; "
            + "while [ $i -lt 90000 ]; do i=$((i+1)); echo $i; done; sleep 2.2; echo end");
        await agent.EndedAsync(key);

        var all = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(1, 90_000).Select(i => $"{i}\n")) + "end\n");
        var names = Directory.GetFiles(agent.Sandbox(key), "stdout*");
        Assert.InRange(names.Length, 2, 3);
        var chunk = await agent.Execution.ReadLogAsync(key, LogStream.Stdout, 0, 1 << 20, CancellationToken.None);
        Assert.Equal(all.Length, chunk.Size);
        var read = new List<byte>();
        for (var at = chunk.Offset; at < chunk.Size; at = chunk.Offset + chunk.Data.Length)
        {
            chunk = await agent.Execution.ReadLogAsync(key, LogStream.Stdout, at, 50_000, CancellationToken.None);
            read.AddRange(chunk.Data);
        }

        Assert.Equal(all[^read.Count..], read);
        var tail = await agent.Execution.ReadLogAsync(key, LogStream.Stdout, -4, 100, CancellationToken.None);
        Assert.Equal("end\n", Encoding.ASCII.GetString(tail.Data.AsSpan()));
    }

    [Fact]
    public async Task Sandboxes_of_released_tasks_are_kept_up_to_their_number()
    {
        await using var agent = await RealExecution.StartAsync(settings => settings with { SandboxesMax = 2 });
        for (var number = 0; number < 5; number++)
        {
            var key = agent.Shell($"task-{number}", "true");
            await agent.EndedAsync(key);
            agent.Execution.Release(key);
        }

        await Until.TrueAsync(
            () => Directory.GetDirectories(Path.Combine(agent.Directory, "sandboxes", "framework")).Length == 2,
            "two are left");
        Assert.True(Directory.Exists(agent.Sandbox(RealExecution.Key("task-4"))));
        await Until.TrueAsync(
            () => Directory.GetDirectories(Path.Combine(agent.Directory, "tasks", "framework")).Length == 0,
            "no record is left");
    }

    private static ProcessSpec Shell(string name, string line) =>
        new(name, ["/bin/sh", "-c", line]) { MinDuration = TimeSpan.Zero };
}
