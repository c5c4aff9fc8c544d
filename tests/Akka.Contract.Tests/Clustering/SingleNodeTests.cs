using Akka.Cluster;

namespace Akka.Contract.Tests.Clustering;

/// <summary>A cluster of one: how a node begins it, what it tells, and how it ends.</summary>
public sealed class SingleNodeTests
{
    [Fact]
    public void A_node_that_did_not_join_is_no_member()
    {
        using var node = new Node();
        Assert.Empty(node.Cluster.State.Members);
        Assert.Equal(MemberStatus.Removed, node.Cluster.SelfMember.Status);
        Assert.Equal(node.Cluster.SelfUniqueAddress, node.Cluster.SelfMember.UniqueAddress);
        Assert.False(node.Cluster.IsUp);
        Assert.False(node.Cluster.IsTerminated);
    }

    [Fact]
    public async Task A_node_that_joins_itself_comes_up_and_leads()
    {
        using var node = new Node("akka.cluster.roles = [master, framework]");
        await node.Cluster.JoinAsync(node.Address);
        Assert.True(node.Cluster.IsUp);
        var self = node.Cluster.SelfMember;
        Assert.True(self.HasRole("master"));
        Assert.False(self.HasRole("agent"));
        await node.AwaitAssertAsync(() => Assert.Equal(node.Address, node.Cluster.State.Leader), Node.Patience);
        await node.AwaitAssertAsync(
            () => Assert.Equal(node.Address, node.Cluster.State.RoleLeader("framework")), Node.Patience);
        Assert.Null(node.Cluster.State.RoleLeader("agent"));
        Assert.Equal(["framework", "master"], node.Cluster.SelfRoles.Order());
    }

    [Fact]
    public void A_seed_node_that_finds_itself_in_the_list_begins_the_cluster()
    {
        using var node = new Node();
        node.Cluster.JoinSeedNodes([node.Address]);
        node.AwaitCondition(() => node.Cluster.IsUp, Node.Patience);
    }

    [Fact]
    public async Task A_subscriber_hears_the_state_first_and_then_what_happens()
    {
        using var node = new Node();
        node.Cluster.Subscribe(node.TestActor, typeof(ClusterEvent.IMemberEvent));
        Assert.Empty((await node.ExpectMsgAsync<ClusterEvent.CurrentClusterState>()).Members);
        node.Cluster.Join(node.Address);
        // Whether it is seen while it joins depends on when the leader looks.
        var up = await node.FishForMessageAsync<ClusterEvent.MemberUp>(_ => true, Node.Patience);
        Assert.Equal(node.Cluster.SelfUniqueAddress, up.Member.UniqueAddress);
    }

    [Fact]
    public async Task A_subscriber_can_have_the_state_as_events()
    {
        using var node = new Node();
        await node.Cluster.JoinAsync(node.Address);
        node.Cluster.Subscribe(
            node.TestActor, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents,
            typeof(ClusterEvent.IMemberEvent));
        var up = await node.ExpectMsgAsync<ClusterEvent.MemberUp>(Node.Patience);
        Assert.Equal(node.Address, up.Member.Address);
    }

    [Fact]
    public async Task Who_unsubscribed_hears_no_more()
    {
        using var node = new Node();
        node.Cluster.Subscribe(node.TestActor, typeof(ClusterEvent.IMemberEvent));
        await node.ExpectMsgAsync<ClusterEvent.CurrentClusterState>();
        node.Cluster.Unsubscribe(node.TestActor);
        node.Cluster.SendCurrentClusterState(node.TestActor);
        await node.ExpectMsgAsync<ClusterEvent.CurrentClusterState>();
        await node.Cluster.JoinAsync(node.Address);
        node.Cluster.SendCurrentClusterState(node.TestActor);
        Assert.Single((await node.ExpectMsgAsync<ClusterEvent.CurrentClusterState>()).Members);
    }

    [Fact]
    public void Only_events_of_the_cluster_can_be_subscribed_to()
    {
        using var node = new Node();
        Assert.Throws<ArgumentException>(() => node.Cluster.Subscribe(node.TestActor, typeof(string)));
        Assert.Throws<ArgumentException>(() => node.Cluster.Subscribe(node.TestActor));
    }

    [Fact]
    public async Task Who_waits_for_the_node_to_be_up_or_removed_is_called()
    {
        using var node = new Node();
        var up = new TaskCompletionSource();
        var removed = new TaskCompletionSource();
        node.Cluster.RegisterOnMemberUp(up.SetResult);
        node.Cluster.RegisterOnMemberRemoved(removed.SetResult);
        node.Cluster.Join(node.Address);
        await up.Task.WaitAsync(Node.Patience);
        Assert.False(removed.Task.IsCompleted);
        node.Cluster.Leave(node.Address);
        await removed.Task.WaitAsync(Node.Patience);
        Assert.True(node.Cluster.IsTerminated);
    }

    [Fact]
    public async Task Leaving_goes_through_leaving_and_exiting_to_removed()
    {
        using var node = new Node("akka.coordinated-shutdown.terminate-actor-system = off\n"
            + "akka.coordinated-shutdown.run-by-actor-system-terminate = off");
        await node.Cluster.JoinAsync(node.Address);
        node.Cluster.Subscribe(node.TestActor, typeof(ClusterEvent.IMemberEvent));
        await node.ExpectMsgAsync<ClusterEvent.CurrentClusterState>();
        node.Cluster.Leave(node.Address);
        await node.ExpectMsgAsync<ClusterEvent.MemberLeft>(Node.Patience);
        await node.ExpectMsgAsync<ClusterEvent.MemberExited>(Node.Patience);
        var removed = await node.ExpectMsgAsync<ClusterEvent.MemberRemoved>(Node.Patience);
        Assert.Equal(MemberStatus.Removed, removed.Member.Status);
        Assert.Equal(MemberStatus.Exiting, removed.PreviousStatus);
    }
}
