using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Agent.Processes;
using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Agent.Tests.Execution;

public sealed class KeeperLifeTests
{
    [Fact]
    public async Task Tasks_run_on_while_the_agent_is_away_and_their_true_ends_are_told_to_the_next()
    {
        await using var agent = await RealExecution.StartAsync();
        var go = Path.Combine(agent.Directory, "go");
        var ends = agent.Shell("ends", $"while ! [ -e {go} ]; do sleep 0.01; done; exit 7");
        var stays = agent.Shell("stays", "echo $$ > pid; exec sleep 600");
        await agent.StartedAsync(ends);
        await Until.TrueAsync(() => File.Exists(agent.Sandbox(stays) + "/pid"), "the second task runs");

        await agent.LetGoAsync();
        await File.WriteAllTextAsync(go, "");
        await Until.TrueAsync(
            () => agent.Record(ends).Contains("result", StringComparison.Ordinal),
            "the first task ends while no agent is there");
        await agent.RestartAsync();

        var ended = agent.Recovered.Single(task => task.Key == ends);
        Assert.Equal(7, ended.Ended!.Evidence.ExitCode);
        Assert.Equal([1, 2, 3], ended.Manifest.ToArray());
        var running = agent.Recovered.Single(task => task.Key == stays);
        Assert.Null(running.Ended);
        Assert.NotNull(running.Started);
        agent.Execution.Kill(stays, null);
        Assert.IsType<TaskOutcome.Killed>((await agent.EndedAsync(stays)).Result.Outcome);
    }

    [Fact]
    public async Task A_task_that_the_agent_took_and_no_keeper_started_is_dropped_and_never_starts()
    {
        await using var agent = await RealExecution.StartAsync();
        var key = agent.Shell("ran", "exit 0");
        await agent.EndedAsync(key);
        await agent.LetGoAsync();
        var taken = RealExecution.Key("taken");
        var folder = Path.Combine(agent.Directory, "tasks", taken.Path);
        Directory.CreateDirectory(folder);
        var record = new TaskRecord(taken, ProcFs.BootId(), 1, new byte[] { 9 });
        await File.WriteAllBytesAsync(Path.Combine(folder, "task"), record.ToBytes());

        await agent.RestartAsync();
        await agent.RestartAsync();

        var dropped = agent.Recovered.Single(task => task.Key == taken);
        Assert.IsType<TaskOutcome.Dropped>(dropped.Ended!.Result.Outcome);
        Assert.Null(dropped.Started);
        Assert.False(Directory.Exists(agent.Sandbox(taken)));
    }

    [Fact]
    public async Task After_a_restart_of_the_machine_a_task_is_lost_whatever_its_record_says()
    {
        await using var agent = await RealExecution.StartAsync();
        await agent.LetGoAsync();
        foreach (var (name, hasStarted) in new[] { ("unstarted", false), ("started", true) })
        {
            var key = RealExecution.Key(name);
            var folder = Path.Combine(agent.Directory, "tasks", key.Path);
            Directory.CreateDirectory(folder);
            var record = new TaskRecord(key, "another-boot", 1, Array.Empty<byte>());
            await File.WriteAllBytesAsync(Path.Combine(folder, "task"), record.ToBytes());
            if (hasStarted)
            {
                // Its pid is that of a living process of this boot, which must not be touched.
                var self = new ProcessIdentity(Environment.ProcessId, 1);
                await File.WriteAllTextAsync(Path.Combine(folder, "started"),
                    RunLogCodec.Encode(new RunLogOpening.Opened("another-boot", DateTimeOffset.UnixEpoch, self))
                    + RunLogCodec.Encode(new TaskRunEvent.ProcessForked("command", 1, default))
                    + RunLogCodec.Encode(new TaskRunEvent.ProcessStarted("command", 1, self, default)));
            }
        }

        await agent.RestartAsync();

        Assert.All(agent.Recovered, task => Assert.Equal(
            new TaskOutcome.Lost(UnknownCause.MachineRebooted), task.Ended!.Result.Outcome));
        Assert.Equal(2, agent.Recovered.Length);
    }

    [Fact]
    public async Task A_killed_keeper_is_replaced_and_what_ran_is_killed_and_reported_never_started_again()
    {
        await using var agent = await RealExecution.StartAsync();
        var key = agent.Shell("task", "echo ran >> count; (setsid sleep 601 &) ; sleep 600");
        await agent.StartedAsync(key);
        await Until.TrueAsync(() => Until.ProcessesOf(agent.Sandbox(key)).Count >= 3, "the task has its children");

        ProcessTree.Signal(ProcFs.Identity(agent.KeeperPid())!.Value, Libc.Sigkill);
        var end = await agent.EndedAsync(key);

        Assert.Equal(new TaskOutcome.Lost(UnknownCause.KeeperLost), end.Result.Outcome);
        Assert.Empty(Until.ProcessesOf(agent.Sandbox(key)));
        Assert.Equal("ran\n", await File.ReadAllTextAsync(agent.Sandbox(key) + "/count"));

        var next = await agent.EndedAsync(agent.Shell("next", "exit 0"));
        Assert.IsType<TaskOutcome.Finished>(next.Result.Outcome);
    }

    [Fact]
    public async Task A_keeper_that_dies_with_its_agent_kills_every_task_at_once()
    {
        var agent = await RealExecution.StartAsync(settings => settings with { DiesWithAgent = true });
        var key = agent.Shell("task", "trap 'echo asked; exit 0' TERM; echo ready; while :; do sleep 0.01; done");
        await agent.StartedAsync(key);
        await Until.TrueAsync(() => agent.Output(key) == "ready\n", "it runs");
        var keeper = agent.KeeperPid();

        await agent.LetGoAsync();
        await Until.TrueAsync(() => !Until.IsAlive(keeper), "the keeper ends");

        Assert.Empty(Until.ProcessesOf(agent.Sandbox(key)));
        Assert.Equal("ready\n", agent.Output(key));
        Directory.Delete(agent.Directory, recursive: true);
    }

    [Fact]
    public async Task A_keeper_with_nothing_to_keep_ends_by_itself()
    {
        var agent = await RealExecution.StartAsync(settings => settings with { Linger = TimeSpan.Zero });
        await agent.EndedAsync(agent.Shell("task", "exit 0"));
        var keeper = agent.KeeperPid();

        await agent.LetGoAsync();

        await Until.TrueAsync(() => !Until.IsAlive(keeper), "the keeper ends");
        Directory.Delete(agent.Directory, recursive: true);
    }

    [Fact]
    public async Task A_second_agent_is_refused_in_the_same_directory()
    {
        await using var agent = await RealExecution.StartAsync();

        var refusal = Assert.Throws<IOException>(() => new KeeperExecution(agent.Settings));

        Assert.Contains("Another agent is at work", refusal.Message, StringComparison.Ordinal);
    }
}
