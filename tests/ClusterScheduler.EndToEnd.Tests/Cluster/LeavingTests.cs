namespace ClusterScheduler.EndToEnd.Tests.Cluster;

/// <summary>A node leaves, by itself or by an operator's word, and others take over what it had.</summary>
public sealed class LeavingTests
{
    private const int Tasks = 12;

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
        Succession.Done(cluster, before);
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
        Succession.Done(cluster, before);
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
        Succession.Done(cluster, before);
        await Succession.IsNamed(cluster, other, dead: lost);
    }
}
