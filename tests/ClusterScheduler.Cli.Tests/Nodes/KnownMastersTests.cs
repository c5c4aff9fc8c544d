using System.Collections.Immutable;
using Akka.Actor;
using ClusterScheduler.Cli.Nodes.Cluster;

namespace ClusterScheduler.Cli.Tests.Nodes;

/// <summary>Through whom a node that was removed joins again.</summary>
public sealed class KnownMastersTests
{
    private static readonly ImmutableArray<Address> Given = [Node("a")];

    [Fact]
    public void A_node_that_met_nobody_has_its_own_seeds() =>
        Assert.Equal<Address>(Given, new KnownMasters().SeedsFor(1, Given));

    [Fact]
    public void One_that_met_others_looks_for_them_and_now_and_then_for_its_own_seeds()
    {
        var known = new KnownMasters();
        known.Meet(Node("c"));
        known.Meet(Node("b"));
        known.Meet(Node("c"));

        Assert.All(Enumerable.Range(1, 2), attempt =>
            Assert.Equal<Address>([Node("b"), Node("c")], known.SeedsFor(attempt, Given)));
        Assert.Equal<Address>(Given, known.SeedsFor(3, Given));
    }

    private static Address Node(string host) => new("akka.tcp", "csched", host, 4053);
}
