using Akka.Contract.Tests.Databases;
using ClusterScheduler.EndToEnd.Tests.Harness;

namespace ClusterScheduler.EndToEnd.Tests.Cluster;

/// <summary>Three node processes with one store: any one of them may go, and the work goes on.</summary>
public sealed class FailoverTests
{
    private const int Tasks = 12;

    [Fact]
    public async Task The_node_with_the_master_is_killed_and_comes_back()
    {
        using var workspace = new Workspace();
        await using var cluster = NodeCluster.Start(workspace, 3);
        await KillTheMaster(workspace, cluster);
    }

    [PostgresFact]
    public async Task The_same_on_PostgreSQL()
    {
        using var workspace = new Workspace();
        await using var cluster = NodeCluster.Start(workspace, 3, PostgresCluster.Shared.CreateDatabase());
        await KillTheMaster(workspace, cluster);
    }

    [Fact]
    public async Task A_node_that_leaves_hands_over_at_once()
    {
        using var workspace = new Workspace();
        await using var cluster = NodeCluster.Start(workspace, 3);
        var job = new WaitingJob(workspace, "stayers", Tasks);
        var leaving = cluster.WithMaster;
        var other = cluster.Any(but: leaving);
        await job.Submit(other);

        var left = await leaving.Leave();

        Assert.True(left.ExitCode == 0, left.ToString());
        Assert.Contains("leaving the cluster; running tasks go on", left.Output, StringComparison.Ordinal);
        Poll.Until(() => cluster.WithMaster.HasSaid("in office with epoch 2"), () => "a new master");
        await leaving.Restart();
        leaving.WaitFor("agent registered");
        job.Release();
        await job.FinishedOnce(other);
    }

    [Fact]
    public async Task A_node_that_an_operator_asks_to_leave_ends_and_does_not_come_back()
    {
        using var workspace = new Workspace();
        await using var cluster = NodeCluster.Start(workspace, 2);
        var leaving = cluster.WithMaster;
        var other = cluster.Any(but: leaving);

        var asked = await other.Ask("cluster", "leave", leaving.Address);
        Assert.True(asked.ExitCode == 0, asked.ToString());

        var left = await leaving.Process.Ended();
        Assert.True(left.ExitCode == 0, left.ToString());
        Assert.Contains("left the cluster, as an operator asked", left.Output, StringComparison.Ordinal);
        Poll.Until(() => cluster.WithMaster.HasSaid("in office with epoch 2"), () => "a new master");
    }

    [PostgresFact]
    public async Task A_node_that_was_frozen_past_its_lease_starts_anew_and_keeps_its_tasks()
    {
        using var workspace = new Workspace();
        await using var cluster = NodeCluster.Start(workspace, 3, PostgresCluster.Shared.CreateDatabase());
        var job = new WaitingJob(workspace, "sleepers", Tasks);
        var frozen = cluster.WithMaster;
        var other = cluster.Any(but: frozen);
        await job.Submit(other);

        frozen.Freeze();
        other.WaitFor($"{frozen.Address} is removed");
        frozen.Continue();

        frozen.WaitFor("removed from the cluster; starting anew");
        frozen.WaitReady();
        frozen.WaitFor("agent registered");
        job.Release();
        await job.FinishedOnce(other);
    }

    private static async Task KillTheMaster(Workspace workspace, NodeCluster cluster)
    {
        var job = new WaitingJob(workspace, "survivors", Tasks);
        var killed = cluster.WithMaster;
        var other = cluster.Any(but: killed);
        await job.Submit(other);

        await killed.Kill();

        other.WaitFor($"{killed.Address} is removed");
        Poll.Until(() => cluster.WithMaster.HasSaid("in office with epoch 2"), () => "a new master");
        var later = new WaitingJob(workspace, "latecomers", 4);
        await later.Submit(other);
        await killed.Restart();
        killed.WaitFor("agent registered");
        await AllShownAsRunning(other);
        job.Release();
        later.Release();
        await job.FinishedOnce(other);
        await later.FinishedOnce(killed);
    }

    /// <summary>What a framework's entity forgot with its node, it learns again of its tasks.</summary>
    private static async Task AllShownAsRunning(NodeProcess node)
    {
        CschedResult listed = new(0, "", "");
        for (var waiting = System.Diagnostics.Stopwatch.StartNew(); waiting.Elapsed < Csched.Patience;)
        {
            listed = await node.Ask("task", "list");
            var lines = listed.Output.Split('\n').Where(line => line.StartsWith("survivors", StringComparison.Ordinal));
            if (lines.Count(line => line.Contains("TASK_RUNNING", StringComparison.Ordinal)) == Tasks)
            {
                return;
            }
        }

        Assert.Fail($"{listed}\n{node.Process.Output}");
    }
}
