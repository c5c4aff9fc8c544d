using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Agent.Tests.Execution;

public sealed class KillTests
{
    private const string Stubborn = "trap '' TERM; echo ready; while :; do sleep 0.05; done";

    [Fact]
    public async Task A_task_that_obeys_is_killed_within_its_grace()
    {
        await using var agent = await RealExecution.StartAsync();
        var key = agent.Shell("task", "echo ready; exec sleep 600");
        await Until.TrueAsync(() => Ready(agent, "task"), "it runs");

        agent.Execution.Kill(key, TimeSpan.FromMinutes(10));

        Assert.IsType<TaskOutcome.Killed>((await agent.EndedAsync(key)).Result.Outcome);
    }

    [Fact]
    public async Task A_task_that_does_not_obey_is_killed_after_its_grace()
    {
        await using var agent = await RealExecution.StartAsync();
        var key = agent.Shell("task", Stubborn);
        await Until.TrueAsync(() => Ready(agent, "task"), "it runs");

        agent.Execution.Kill(key, TimeSpan.FromMilliseconds(200));

        Assert.IsType<TaskOutcome.Killed>((await agent.EndedAsync(key)).Result.Outcome);
        Assert.Empty(Until.ProcessesOf(agent.Sandbox(key)));
    }

    [Fact]
    public async Task A_later_kill_with_less_grace_shortens_the_wait()
    {
        await using var agent = await RealExecution.StartAsync();
        var key = agent.Shell("task", Stubborn);
        await Until.TrueAsync(() => Ready(agent, "task"), "it runs");

        agent.Execution.Kill(key, TimeSpan.FromHours(1));
        agent.Execution.Kill(key, TimeSpan.Zero);

        Assert.IsType<TaskOutcome.Killed>((await agent.EndedAsync(key)).Result.Outcome);
    }

    [Theory]
    [InlineData("in its session", "(sleep 600 &)")]
    [InlineData("in a session of its own", "(setsid sleep 600 &)")]
    [InlineData("in a session of its own, without its environment", "(env -i /usr/bin/setsid /bin/sleep 600 &)")]
    [InlineData("orphaned twice", "(setsid sh -c 'setsid sleep 600 &' &)")]
    [InlineData("deaf to SIGTERM", "(setsid sh -c 'trap \"\" TERM; while :; do sleep 0.1; done' &)")]
    public async Task A_descendant_that_outlives_its_parent_does_not_outlive_the_task(string what, string line)
    {
        await using var agent = await RealExecution.StartAsync();
        var key = agent.Launch("task", TaskPlan.OfShell(line + "; ps -eo ppid,pid,args; echo done") with
        {
            KillGrace = TimeSpan.FromMilliseconds(300),
        });

        var end = await agent.EndedAsync(key);

        Assert.IsType<TaskOutcome.Finished>(end.Result.Outcome);
        var keeper = agent.KeeperPid();
        await Until.TrueAsync(() => File.ReadAllText($"/proc/{keeper}/task/{keeper}/children").Length == 0, what);
    }

    [Fact]
    public async Task A_fork_bomb_is_killed()
    {
        await using var agent = await RealExecution.StartAsync();
        var key = agent.Shell("bomb", "b() { n=$((n+1)); [ $n -lt 9 ] && { b & b & }; sleep 600; }; n=0; b; wait");
        await Until.TrueAsync(() => Until.ProcessesOf(agent.Sandbox(key)).Count > 50, "it grows");

        agent.Execution.Kill(key, TimeSpan.Zero);
        await agent.EndedAsync(key);

        Assert.Empty(Until.ProcessesOf(agent.Sandbox(key)));
    }

    [Fact]
    public async Task Two_hundred_tasks_run_at_once_and_are_all_killed()
    {
        await using var agent = await RealExecution.StartAsync();
        var keys = Enumerable.Range(0, 200).Select(number => agent.Shell($"task-{number}", "exec sleep 600")).ToList();
        await Task.WhenAll(keys.Select(agent.StartedAsync));

        keys.ForEach(key => agent.Execution.Kill(key, null));
        var ends = await Task.WhenAll(keys.Select(agent.EndedAsync));

        Assert.All(ends, end => Assert.IsType<TaskOutcome.Killed>(end.Result.Outcome));
        Assert.Empty(Until.ProcessesOf(agent.Directory + "/sandboxes"));
    }

    private static bool Ready(RealExecution agent, string task)
    {
        var log = Path.Combine(agent.Sandbox(RealExecution.Key(task)), "stdout");
        return File.Exists(log) && File.ReadAllText(log) == "ready\n";
    }
}
