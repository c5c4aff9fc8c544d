using Akka.Actor;
using Akka.Cluster.Tools.Singleton;

namespace Akka.Contract.Tests.ClusterTools;

public sealed class SingletonLeaseTests
{
    private const string Stranger = "somebody else";

    private readonly string _id = Guid.NewGuid().ToString();
    private readonly Inbox _life = new();

    [Fact]
    public async Task It_is_not_started_before_it_has_the_lease()
    {
        var lease = TestLease.Of(_id);
        Assert.True(lease.TryTake(Stranger, _ => { }));
        await using var nodes = await Nodes.Start(1, TestLease.Configuration(_id));
        Run(nodes[0]);
        await Nodes.Eventually(() => lease.Refusals >= 3, "the lease was not asked for again");
        Assert.Empty(_life.Received);

        lease.GiveBack(Stranger);
        await _life.Eventually("started");
    }

    /// <summary>Whether it is told to end first, as in Akka.NET, or just stopped, as in the embedded engine.</summary>
    private IReadOnlyList<string> Life => [.. _life.Received.Where(line => line != "told to end")];

    [Fact]
    public async Task Without_its_lease_it_is_stopped_and_runs_again_when_it_has_it_back()
    {
        var lease = TestLease.Of(_id);
        await using var nodes = await Nodes.Start(1, TestLease.Configuration(_id));
        Run(nodes[0]);
        await _life.Eventually("started");

        lease.TakeAway(Stranger);
        await Nodes.Eventually(() => Life.SequenceEqual(["started", "stopped"]), () => string.Join(", ", Life));
        await Nodes.Eventually(() => lease.Refusals >= 2, "the lease was not asked for again");
        Assert.Equal(["started", "stopped"], Life);

        lease.GiveBack(Stranger);
        await Nodes.Eventually(
            () => Life.SequenceEqual(["started", "stopped", "started"]), () => string.Join(", ", Life));
    }

    [Fact]
    public async Task A_node_that_leaves_gives_the_lease_back_when_it_has_ended()
    {
        var lease = TestLease.Of(_id);
        await using var nodes = await Nodes.Start(2, TestLease.Configuration(_id));
        var (oldest, next) = (nodes[0], nodes[1]);
        var nextOwner = Nodes.AddressOf(next).HostPort();
        Run(oldest);
        Run(next);
        await _life.Eventually("started");
        Assert.Equal(Nodes.AddressOf(oldest).HostPort(), lease.Owner);

        await nodes.Leave(oldest);
        await _life.Eventually("started", "told to end", "stopped", "started");
        Assert.Equal(nextOwner, lease.Owner);
    }

    private void Run(ActorSystem node) => node.ActorOf(
        ClusterSingletonManager.Props(
            WhereAmI.Props(_life), WhereAmI.EndNow, ClusterSingletonManagerSettings.Create(node)), "singleton");
}
