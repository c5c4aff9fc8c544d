using ClusterScheduler.Agent.Oversubscription;
using ClusterScheduler.Agent.Tests.Execution;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Agent.Tests.Oversubscription;

/// <summary>Real processes, read from /proc.</summary>
public sealed class RealUsageTests
{
    [Fact]
    public async Task A_busy_task_is_told_from_an_idle_one_whichever_of_its_processes_works()
    {
        await using var agent = await RealExecution.StartAsync();
        var busy = agent.Shell("busy", "(env -i /bin/sh -c 'while :; do :; done' &) ; sleep 600");
        var idle = agent.Shell("idle", "exec sleep 600");
        await agent.StartedAsync(busy);
        await agent.StartedAsync(idle);

        IReadOnlyList<TaskUsage> usages = [];
        await Until.TrueAsync(
            () => (usages = agent.Execution.MeasureAsync([busy, idle]).Result)
                is [{ Cpus.IsZero: false, Cpus: var used }, { Cpus: var start }] && start < used,
            "the busy task to use more than it takes the idle one to start");

        Assert.Equal((busy, idle), (usages[0].Key, usages[1].Key));
        Assert.True(usages[1].Cpus < usages[0].Cpus);
        Assert.True(usages[0].Mem > Scalar.Zero && usages[1].Mem > Scalar.Zero);
    }

    [Fact]
    public async Task A_preempted_task_says_so_also_to_the_next_agent()
    {
        await using var agent = await RealExecution.StartAsync();
        var key = agent.Shell("task", "exec sleep 600");
        await agent.StartedAsync(key);

        agent.Execution.Preempt(key, "prod");

        Assert.Equal(new TaskOutcome.Preempted("prod"), (await agent.EndedAsync(key)).Result.Outcome);
        await agent.RestartAsync();
        Assert.Equal(
            new TaskOutcome.Preempted("prod"), Assert.Single(agent.Recovered).Ended!.Result.Outcome);
    }
}
