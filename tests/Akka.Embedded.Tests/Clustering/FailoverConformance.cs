using System.Diagnostics;
using Akka.Contract.Tests.Databases;

namespace Akka.Embedded.Tests.Clustering;

/// <summary>What must hold on every store when leaders and members go without a word.</summary>
public abstract class FailoverConformance : IAsyncLifetime
{
    private readonly List<ClusterNode> _nodes = [];

    private protected abstract string Store { get; }

    public Task InitializeAsync() => Task.CompletedTask;

    public virtual async Task DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
    }

    [StoreFact]
    public async Task After_the_leader_is_gone_another_leads_and_removes_it()
    {
        var nodes = await Form(3);
        var leader = nodes.Single(node => node.IsLeader);
        var others = nodes.Where(node => node != leader).ToList();
        leader.Isolate();
        foreach (var other in others)
            await other.WhenUp(2);
        Assert.Equal(
            others.Select(node => node.Address).Order(),
            others[0].Cluster.State.Members.Select(member => member.Address).Order());
        Assert.Single(others, node => node.IsLeader);
        await leader.WhenRemoved();
        Assert.All(others, node => Assert.False(node.Cluster.IsTerminated));
    }

    [StoreFact]
    public async Task A_member_that_is_cut_off_ends_before_it_is_removed()
    {
        var nodes = await Form(3);
        var lost = nodes.First(node => !node.IsLeader);
        var leader = nodes.Single(node => node.IsLeader);
        long? ended = null;
        long? removed = null;
        lost.Cluster.RegisterOnMemberRemoved(() => ended = Stopwatch.GetTimestamp());
        lost.Isolate();
        await ClusterNode.When(
            () =>
            {
                if (leader.Cluster.State.Members.Count == 2)
                    removed ??= Stopwatch.GetTimestamp();
                return removed is not null && ended is not null;
            }, () => "the member to end and to be removed");
        Assert.True(ended < removed, "It was removed while it still ran.");
    }

    [StoreFact]
    public async Task A_node_that_was_frozen_past_its_lease_ends_before_it_does_anything_else()
    {
        var nodes = await Form(3);
        var frozen = nodes.Single(node => node.IsLeader);
        frozen.Clock.Skip(TimeSpan.FromSeconds(5));
        await frozen.WhenRemoved();
        var others = nodes.Where(node => node != frozen).ToList();
        foreach (var other in others)
            await other.WhenUp(2);
        Assert.Single(others, node => node.IsLeader);
    }

    [StoreFact]
    public async Task A_leader_that_is_cut_off_from_the_rest_but_not_from_the_store_is_replaced()
    {
        var nodes = await Form(3);
        var leader = nodes.Single(node => node.IsLeader);
        var others = nodes.Where(node => node != leader).ToList();
        others.ForEach(leader.CutFrom);
        await leader.WhenRemoved();
        foreach (var other in others)
            await other.WhenUp(2);
        Assert.All(others, node => Assert.False(node.Cluster.IsTerminated));
        Assert.Single(others, node => node.IsLeader);
    }

    [StoreFact]
    public async Task The_last_one_leads_alone()
    {
        var nodes = await Form(3);
        var last = nodes[^1];
        foreach (var node in nodes.Where(node => node != last))
            node.Isolate();
        await last.WhenUp(1);
        Assert.True(last.IsLeader);
    }

    [StoreFact]
    public async Task A_leader_that_loses_the_store_for_less_than_a_member_lease_stops_nobody()
    {
        var nodes = await Form(3);
        var leader = nodes.Single(node => node.IsLeader);
        leader.IsStoreCut = true;
        await ClusterNode.When(
            () => nodes.Exists(node => node != leader && node.IsLeader), () => "another leader");
        await ClusterNode.When(
            () => nodes.Select(node => node.Cluster.State.Leader).Distinct().ToList() is [{ } only]
                && only != leader.Address,
            () => "all to know the new leader");
        Assert.All(nodes, node => Assert.False(node.Cluster.IsTerminated));
        Assert.All(nodes, node => Assert.Equal(3, node.Cluster.State.Members.Count));
    }

    private protected ClusterNode Start(string settings = "", string name = "sys")
    {
        var node = new ClusterNode(settings + "\n" + Store, name);
        _nodes.Add(node);
        return node;
    }

    private protected async Task<List<ClusterNode>> Form(int count, string settings = "")
    {
        var nodes = Enumerable.Range(0, count).Select(_ => Start(settings)).ToList();
        foreach (var node in nodes)
        {
            node.Cluster.Join(nodes[0].Address);
            await node.WhenUp(nodes.IndexOf(node) + 1);
        }

        foreach (var node in nodes)
            await node.WhenUp(count);
        return nodes;
    }
}
