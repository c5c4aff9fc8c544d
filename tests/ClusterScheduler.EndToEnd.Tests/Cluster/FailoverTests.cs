using Akka.Contract.Tests.Databases;
using ClusterScheduler.EndToEnd.Tests.Harness;

namespace ClusterScheduler.EndToEnd.Tests.Cluster;

/// <summary>Three node processes with one store: any one of them may be lost, and the work goes on.</summary>
public sealed class FailoverTests
{
    private const int Tasks = 12;

    [Fact]
    public async Task The_node_with_the_master_is_killed_and_comes_back()
    {
        await using var cluster = RealCluster.WithDefaults().WithAllRoles(3);
        await KillTheMaster(cluster);
    }

    [PostgresFact]
    public async Task The_same_on_PostgreSQL()
    {
        await using var cluster =
            RealCluster.WithDefaults(PostgresCluster.Shared.CreateDatabase()).WithAllRoles(3);
        await KillTheMaster(cluster);
    }

    [PostgresFact]
    public async Task A_node_that_was_frozen_past_its_lease_starts_anew_and_keeps_its_tasks()
    {
        await using var cluster =
            RealCluster.WithDefaults(PostgresCluster.Shared.CreateDatabase()).WithAllRoles(3);
        using var job = new WaitingJob(cluster.Workspace, "sleepers", Tasks);
        var frozen = cluster.WithMaster;
        var other = cluster.Other(but: frozen);
        await job.Submit(other);

        frozen.Freeze();
        other.WaitFor($"{frozen.Address} is removed");
        frozen.Thaw();

        frozen.WaitFor("removed from the cluster; starting anew");
        frozen.WaitFor("ready: joined");
        frozen.WaitFor("agent registered");
        job.Release();
        await job.FinishedOnce(other);
    }

    private static async Task KillTheMaster(RealCluster cluster)
    {
        using var job = new WaitingJob(cluster.Workspace, "survivors", Tasks);
        var killed = cluster.WithMaster;
        var before = cluster.Epoch;
        var other = cluster.Other(but: killed);
        await job.Submit(other);
        Assert.Equal(killed.Address, await Succession.MasterNamedBy(other));

        await killed.Kill();

        await Succession.IsNamed(cluster, other, dead: killed);
        other.WaitFor($"{killed.Address} is removed");
        Succession.Done(cluster, before);
        using var later = new WaitingJob(cluster.Workspace, "latecomers", 4);
        await later.Submit(other);
        killed.Begin();
        killed.WaitFor("agent registered");
        await AllShownAsRunning(other);
        job.Release();
        later.Release();
        await job.FinishedOnce(other);
        await later.FinishedOnce(killed);
    }

    /// <summary>What a framework's entity forgot with its node, it learns again of its tasks.</summary>
    private static async Task AllShownAsRunning(ClusterNode node)
    {
        CschedResult listed = new(0, "", "");
        await Poll.UntilAsync(
            async () =>
            {
                listed = await node.Ask("task", "list");
                return listed.Output.Split('\n').Count(static line =>
                    line.StartsWith("survivors", StringComparison.Ordinal)
                    && line.Contains("TASK_RUNNING", StringComparison.Ordinal)) == Tasks;
            },
            () => $"all survivors to run:\n{listed}\n{node.Process.Output}");
    }
}
