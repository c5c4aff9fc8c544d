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

    [Fact]
    public async Task A_node_that_leaves_hands_over_at_once()
    {
        await using var cluster = RealCluster.WithDefaults().WithAllRoles(3);
        using var job = new WaitingJob(cluster.Workspace, "stayers", Tasks);
        var leaving = cluster.WithMaster;
        var before = cluster.Epoch;
        var other = cluster.Other(but: leaving);
        await job.Submit(other);

        var left = await leaving.Stop();

        Assert.True(left.ExitCode == 0, left.ToString());
        Assert.Contains("leaving the cluster; running tasks go on", left.Output, StringComparison.Ordinal);
        Succeeded(cluster, before);
        leaving.Begin();
        leaving.WaitFor("agent registered");
        job.Release();
        await job.FinishedOnce(other);
    }

    [Fact]
    public async Task A_node_that_an_operator_asks_to_leave_ends_and_does_not_come_back()
    {
        await using var cluster = RealCluster.WithDefaults().WithAllRoles(2);
        var leaving = cluster.WithMaster;
        var before = cluster.Epoch;
        var other = cluster.Other(but: leaving);

        var asked = await other.Ask("cluster", "leave", leaving.Address);
        Assert.True(asked.ExitCode == 0, asked.ToString());

        var left = await leaving.Process.Ended();
        Assert.True(left.ExitCode == 0, left.ToString());
        Assert.Contains("left the cluster, as an operator asked", left.Output, StringComparison.Ordinal);
        Succeeded(cluster, before);
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

    [Fact]
    public async Task A_node_that_an_operator_declares_lost_is_replaced()
    {
        await using var cluster = RealCluster.WithDefaults().WithAllRoles(2);
        var lost = cluster.WithMaster;
        var before = cluster.Epoch;
        var other = cluster.Other(but: lost);
        await lost.Kill();

        var declared = await other.Ask("cluster", "down", lost.Address);
        var unknown = await other.Ask("cluster", "down", "akka.tcp://csched@192.0.2.1:4053");

        Assert.True(declared.ExitCode == 0, declared.ToString());
        Assert.Contains($"{lost.Address} is declared lost", declared.Output, StringComparison.Ordinal);
        Assert.Equal(1, unknown.ExitCode);
        Assert.Contains("there is no member akka.tcp://csched@192.0.2.1", unknown.Errors, StringComparison.Ordinal);
        other.WaitFor($"{lost.Address} is removed");
        Succeeded(cluster, before);
        await NamesTheMasterThatAnswers(cluster, other, dead: lost);
    }

    private static void Succeeded(RealCluster cluster, long before) => Poll.Until(
        () => cluster.Epoch > before, () => $"a master after that of epoch {before}:\n{cluster.Tell()}");

    private static async Task KillTheMaster(RealCluster cluster)
    {
        using var job = new WaitingJob(cluster.Workspace, "survivors", Tasks);
        var killed = cluster.WithMaster;
        var before = cluster.Epoch;
        var other = cluster.Other(but: killed);
        await job.Submit(other);
        Assert.Equal(killed.Address, await MasterNamedBy(other));

        await killed.Kill();

        await NamesTheMasterThatAnswers(cluster, other, dead: killed);
        other.WaitFor($"{killed.Address} is removed");
        Succeeded(cluster, before);
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

    /// <summary>Until the new one answers, that none does; never the node of one that is dead.</summary>
    private static async Task NamesTheMasterThatAnswers(RealCluster cluster, ClusterNode asked, ClusterNode dead)
    {
        string? named = null;
        await Poll.UntilAsync(
            async () =>
            {
                named = await MasterNamedBy(asked);
                Assert.NotEqual(dead.Address, named);
                return named is not null;
            },
            () => $"a master to answer:\n{cluster.Tell()}");
        Assert.True(named == cluster.WithMaster.Address, $"{named} is said to have the master:\n{cluster.Tell()}");
    }

    private static async Task<string?> MasterNamedBy(ClusterNode node)
    {
        using var answer = await node.Json("cluster", "singleton");
        if (answer is null)
        {
            return null;
        }

        var master = answer.RootElement.GetProperty("rows").EnumerateArray().First();
        if (master.GetProperty("node").GetString() is { } named)
        {
            Assert.True(master.GetProperty("epoch").GetInt64() > 0);
            return named;
        }

        Assert.Contains("none: no master has answered for", answer.RootElement.GetProperty("note").GetString()!,
            StringComparison.Ordinal);
        return null;
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
