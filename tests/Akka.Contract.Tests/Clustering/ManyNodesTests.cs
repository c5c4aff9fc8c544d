using Akka.Actor;
using Akka.Cluster;
using Akka.TestKit.TestActors;
using Akka.Util;

namespace Akka.Contract.Tests.Clustering;

/// <summary>Several nodes: how they find each other, what all hear, and how one goes.</summary>
public sealed class ManyNodesTests : IDisposable
{
    private readonly List<Node> _nodes = [];

    [Fact]
    public async Task Nodes_join_through_a_seed_node_and_all_see_all()
    {
        var (first, second, third) = (Start(), Start("akka.cluster.roles = [agent]"), Start());
        await Form(first, second, third);
        foreach (var node in _nodes)
        {
            Assert.Equal(
                _nodes.Select(each => each.Cluster.SelfUniqueAddress).Order(),
                node.Cluster.State.Members.Select(member => member.UniqueAddress));
            Assert.Empty(node.Cluster.State.Unreachable);
            var agent = Assert.Single(node.Cluster.State.Members, member => member.HasRole("agent"));
            Assert.Equal(second.Address, agent.Address);
        }

        await first.AwaitAssertAsync(
            () => Assert.Single(_nodes.Select(node => node.Cluster.State.Leader).Distinct()), Node.Patience);
    }

    [Fact]
    public async Task All_see_which_version_each_runs()
    {
        var (first, second) = (Start(), Start("akka.cluster.app-version = \"1.2.3-RC1\""));
        await Form(first, second);
        foreach (var node in _nodes)
        {
            Assert.True(node.Cluster.State.HasMoreThanOneAppVersion);
            var other = node.Cluster.State.Members.Single(member => member.Address == second.Address);
            Assert.Equal(AppVersion.Create("1.2.3-RC1"), other.AppVersion);
        }
    }

    [Fact]
    public async Task A_node_can_join_through_any_member()
    {
        var (first, second, third) = (Start(), Start(), Start());
        await Form(first, second);
        third.Cluster.JoinSeedNodes([second.Address]);
        await third.WhenUp(3);
        await first.WhenUp(3);
    }

    [Fact]
    public async Task The_one_that_came_up_first_is_the_oldest()
    {
        var (first, second) = (Start(), Start());
        await Form(first, second);
        var members = second.Cluster.State.Members;
        var oldest = members.Single(member => member.Address == first.Address);
        var youngest = members.Single(member => member.Address == second.Address);
        Assert.True(oldest.IsOlderThan(youngest));
        Assert.False(youngest.IsOlderThan(oldest));
        Assert.Equal([oldest, youngest], members.OrderBy(member => member, Member.AgeOrdering));
    }

    [Fact]
    public async Task None_comes_up_before_there_are_enough()
    {
        const string two = "akka.cluster.min-nr-of-members = 2";
        var (first, second) = (Start(two), Start(two));
        first.Cluster.Join(first.Address);
        await first.AwaitAssertAsync(
            () => Assert.Equal(MemberStatus.Joining, first.Cluster.SelfMember.Status), Node.Patience);
        second.Cluster.Join(first.Address);
        await first.WhenUp(2);
        await second.WhenUp(2);
    }

    [Fact]
    public async Task Who_leaves_is_seen_to_exit_and_then_removed()
    {
        var (first, second) = (Start(), Start());
        await Form(first, second);
        first.Cluster.Subscribe(
            first.TestActor, typeof(ClusterEvent.MemberExited), typeof(ClusterEvent.MemberRemoved));
        await first.ExpectMsgAsync<ClusterEvent.CurrentClusterState>();
        var left = second.Cluster.LeaveAsync();
        var exited = await first.ExpectMsgAsync<ClusterEvent.MemberExited>(Node.Patience);
        Assert.Equal(second.Cluster.SelfUniqueAddress, exited.Member.UniqueAddress);
        var removed = await first.ExpectMsgAsync<ClusterEvent.MemberRemoved>(Node.Patience);
        Assert.Equal(second.Cluster.SelfUniqueAddress, removed.Member.UniqueAddress);
        Assert.Equal(MemberStatus.Exiting, removed.PreviousStatus);
        await left.WaitAsync(Node.Patience);
        await second.Sys.WhenTerminated.WaitAsync(Node.Patience);
    }

    [Fact]
    public async Task A_node_that_terminates_leaves_first()
    {
        var (first, second) = (Start(), Start());
        await Form(first, second);
        await second.Sys.Terminate().WaitAsync(Node.Patience);
        await first.AwaitAssertAsync(() => Assert.Single(first.Cluster.State.Members), Node.Patience);
        Assert.Empty(first.Cluster.State.Unreachable);
    }

    [Fact]
    public async Task When_the_leader_leaves_another_leads()
    {
        var (first, second) = (Start(), Start());
        await Form(first, second);
        first.Cluster.Leave(first.Address);
        await second.AwaitAssertAsync(
            () =>
            {
                Assert.Single(second.Cluster.State.Members);
                Assert.Equal(second.Address, second.Cluster.State.Leader);
            }, Node.Patience);
        var third = Start();
        third.Cluster.Join(second.Address);
        await second.WhenUp(2);
    }

    [Fact]
    public async Task A_downed_node_hears_that_it_is_removed_and_ends()
    {
        var (first, second) = (Start(), Start());
        await Form(first, second);
        var removed = new TaskCompletionSource();
        second.Cluster.RegisterOnMemberRemoved(removed.SetResult);
        first.Cluster.Down(second.Address);
        await removed.Task.WaitAsync(Node.Patience);
        await second.Sys.WhenTerminated.WaitAsync(Node.Patience);
        await first.AwaitAssertAsync(() => Assert.Single(first.Cluster.State.Members), Node.Patience);
        Assert.Equal(
            CoordinatedShutdown.ClusterDowningReason.Instance, CoordinatedShutdown.Get(second.Sys).ShutdownReason);
    }

    [Fact]
    public async Task Who_watches_an_actor_of_a_removed_member_hears_that_it_is_gone()
    {
        var (first, second) = (Start(), Start());
        await Form(first, second);
        var blackHole = second.Sys.ActorOf(BlackHoleActor.Props, "watched");
        var seen = await first.Sys
            .ActorSelection(new RootActorPath(second.Address) / "user" / "watched").ResolveOne(Node.Patience);
        first.Watch(seen);
        first.Cluster.Down(second.Address);
        await first.ExpectTerminatedAsync(seen, Node.Patience);
        Assert.Equal(blackHole.Path.Name, seen.Path.Name);
    }

    [Fact]
    public async Task A_node_comes_back_at_its_address_as_another_run()
    {
        var (first, second) = (Start(), Start());
        await Form(first, second);
        var port = second.Address.Port;
        await second.Sys.Terminate().WaitAsync(Node.Patience);
        var again = Start($"akka.remote.dot-netty.tcp.port = {port}");
        again.Cluster.Join(first.Address);
        await first.AwaitAssertAsync(
            () => Assert.Contains(first.Cluster.State.Members, member =>
                member.UniqueAddress.Equals(again.Cluster.SelfUniqueAddress) && member.Status == MemberStatus.Up),
            Node.Patience);
        Assert.NotEqual(second.Cluster.SelfUniqueAddress, again.Cluster.SelfUniqueAddress);
        Assert.Equal(2, first.Cluster.State.Members.Count);
    }

    public void Dispose() => _nodes.ForEach(node => node.Dispose());

    private async Task Form(params Node[] nodes)
    {
        for (var i = 0; i < nodes.Length; i++)
        {
            nodes[i].Cluster.Join(nodes[0].Address);
            await nodes[i].WhenUp(i + 1);
        }

        foreach (var node in nodes)
            await node.WhenUp(nodes.Length);
    }

    private Node Start(string settings = "")
    {
        var node = new Node(settings);
        _nodes.Add(node);
        return node;
    }
}
