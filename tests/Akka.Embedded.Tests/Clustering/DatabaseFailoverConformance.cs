using Akka.Contract.Tests.Databases;

namespace Akka.Embedded.Tests.Clustering;

/// <summary>What nodes can rely on beyond that when the store is a database.</summary>
public abstract class DatabaseFailoverConformance : FailoverConformance
{
    [StoreFact]
    public async Task Nodes_that_start_together_make_one_cluster()
    {
        var nodes = Enumerable.Range(0, 6).Select(_ => Start()).ToList();
        Parallel.ForEach(nodes, node => node.Cluster.JoinSeedNodes([node.Address]));
        foreach (var node in nodes)
            await node.WhenUp(6);
        Assert.Single(nodes, node => node.IsLeader);
        Assert.Single(nodes.Select(node => node.Cluster.State.Leader).Distinct());
    }

    [StoreFact]
    public async Task After_all_have_died_a_new_run_takes_the_cluster_over()
    {
        var nodes = await Form(2);
        nodes.ForEach(node => node.Isolate());
        var third = Start();
        third.Cluster.JoinSeedNodes([nodes[0].Address]);
        await third.WhenUp(1);
        Assert.True(third.IsLeader);
        Assert.Single(third.Cluster.State.Members);
    }
}
