using ClusterScheduler.EndToEnd.Tests.Harness;

namespace ClusterScheduler.EndToEnd.Tests.Dev;

/// <summary>Every command against a running csched dev.</summary>
public sealed class CommandTests
{
    [Fact]
    public async Task Jobs_tasks_agents_and_frameworks_can_be_seen_and_ended()
    {
        using var workspace = new Workspace();
        await using var cluster = DevCluster.Start(workspace);
        var file = workspace.File("jobs.yaml", """
            jobs:
              - name: short
                task: {command: "echo out; echo err >&2"}
              - name: long
                instances: 2
                task: {command: "sleep 1000"}
              - name: huge
                task: {command: "true", resources: {cpus: 64}}
            """);

        await Says(cluster, "default/devel/short", "job", "run", file);
        await Until(cluster, "1 finished", "job", "show", "short");
        await Until(cluster, "2 active", "job", "show", "long");
        await Says(cluster, "TASK_RUNNING", "task", "list");
        await Says(cluster, "exit code 0", "task", "show", "short-1-0-0");
        await Says(cluster, "out", "task", "logs", "short-1-0-0");
        await Says(cluster, "err", "task", "logs", "--stderr", "-f", "short-1-0-0");
        await Says(cluster, "agent-1", "agent", "list");
        await Says(cluster, "ports [31000-31499]", "agent", "show", "agent-1");
        await Says(cluster, "services", "framework", "list");
        await Until(cluster, "64", "why", "default/devel/huge");
        await Says(cluster, "is being killed", "task", "kill", "long-2-0-0");
        await Says(cluster, "default/devel/long", "job", "kill", "long");
        await Until(cluster, "0 active", "job", "show", "long");
        await Says(cluster, "csched 0.", "version");
        Assert.Equal(1, (await cluster.Ask("task", "show", "none")).ExitCode);
    }

    [Fact]
    public async Task Waiting_for_a_job_returns_whether_it_finished()
    {
        using var workspace = new Workspace();
        await using var cluster = DevCluster.Start(workspace);
        var good = workspace.File("good.yaml", "jobs: [{name: good, task: {command: 'true'}}]");
        var bad = workspace.File("bad.yaml", "jobs: [{name: bad, task: {command: 'false'}}]");
        Assert.Equal(0, (await cluster.Ask("job", "run", "--wait", good)).ExitCode);
        Assert.Equal(1, (await cluster.Ask("job", "run", "--wait", bad)).ExitCode);
    }

    private static async Task Says(DevCluster cluster, string wanted, params string[] command)
    {
        string[] arguments = command is ["version"] ? command : [.. command, "--data", cluster.Data];
        var result = await Csched.Run(cluster.Workspace, arguments);
        Assert.True(result.ExitCode == 0, result.ToString());
        Assert.Contains(wanted, result.Output, StringComparison.Ordinal);
    }

    private static async Task Until(DevCluster cluster, string wanted, params string[] command)
    {
        var waiting = System.Diagnostics.Stopwatch.StartNew();
        var said = "";
        while (waiting.Elapsed < Csched.Patience)
        {
            said = (await cluster.Ask(command)).ToString();
            if (said.Contains(wanted, StringComparison.Ordinal))
            {
                return;
            }
        }

        throw new TimeoutException($"'{wanted}' was not said; the last answer:\n{said}");
    }
}
