using ClusterScheduler.EndToEnd.Tests.Harness;

namespace ClusterScheduler.EndToEnd.Tests.Dev;

/// <summary>csched maintenance against a running csched dev.</summary>
public sealed class MaintenanceCommandTests
{
    [Fact]
    public async Task A_machine_is_planned_left_taken_down_and_brought_up_again()
    {
        using var workspace = new Workspace();
        await using var cluster = DevCluster.Start(workspace);
        var file = workspace.File("long.yaml", """
            jobs: [{name: long, task: {command: 'sleep 600', resources: {cpus: 0.1, mem: 16}}}]
            """);
        await Says(cluster, "default/devel/long", "job", "run", file);
        await Until(cluster, "TASK_RUNNING", "task", "list");
        await Fails(cluster, "schedule it first", "maintenance", "start", "agent-1");
        await Fails(cluster, "--start", "maintenance", "schedule", "agent-1");

        await Says(cluster, "draining", "maintenance", "schedule", "agent-1", "--start", "2h", "--duration", "30m");
        await Until(cluster, "services", "maintenance", "status");
        await Says(cluster, "30m", "maintenance", "schedule");
        await Says(cluster, "down", "maintenance", "start", "agent-1");
        await Until(cluster, "unreachable", "agent", "show", "agent-1");
        await Until(cluster, "TASK_KILLED", "task", "list");
        await Fails(cluster, "bring it up first", "maintenance", "schedule", "agent-1", "--remove");

        var up = await cluster.Ask("maintenance", "stop", "agent-1");
        Assert.Equal(0, up.ExitCode);
        Assert.DoesNotContain("agent-1", up.Output, StringComparison.Ordinal);
        await Until(cluster, "active", "agent", "show", "agent-1");
        await Until(cluster, "TASK_RUNNING", "task", "list");
    }

    private static async Task Until(DevCluster cluster, string wanted, params string[] command)
    {
        var said = "";
        var waiting = System.Diagnostics.Stopwatch.StartNew();
        while (!said.Contains(wanted, StringComparison.Ordinal))
        {
            Assert.True(waiting.Elapsed < Csched.Patience, $"'{wanted}' was not said; the last answer:\n{said}");
            said = (await cluster.Ask(command)).ToString();
        }
    }

    private static async Task Says(DevCluster cluster, string wanted, params string[] command)
    {
        var result = await cluster.Ask(command);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains(wanted, result.Output, StringComparison.Ordinal);
    }

    private static async Task Fails(DevCluster cluster, string wanted, params string[] command)
    {
        var result = await cluster.Ask(command);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(wanted, result.Errors, StringComparison.Ordinal);
    }
}
