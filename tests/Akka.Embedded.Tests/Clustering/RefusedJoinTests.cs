using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Leading;
using Akka.Cluster.Wire;
using Akka.Util;

namespace Akka.Embedded.Tests.Clustering;

/// <summary>A node that does not belong is told so in a word of its own, ends, and harms nobody.</summary>
public sealed class RefusedJoinTests : JoinScene
{
    [Fact]
    public async Task One_whose_clock_is_minutes_off()
    {
        var first = await First();
        var late = Start();
        late.Clock.SetWallOff(TimeSpan.FromMinutes(-10));
        await IsRefused(late, first, "ClockOff: its clock shows");
    }

    [Fact]
    public async Task One_with_another_secret()
    {
        var first = await First("akka.remote.embedded.shared-secret = one");
        var told = await IsRefused(
            Start("akka.remote.embedded.shared-secret = two"), first, "WrongSecret: The other end refuses");
        Assert.EndsWith($"So says {first.Address}.", told, StringComparison.Ordinal);
    }

    /// <summary>The other seed node may be down for long, and a silent one is no reason to be told of.</summary>
    [Fact]
    public async Task One_with_another_secret_while_another_seed_node_is_down()
    {
        var first = await First("akka.remote.embedded.shared-secret = one");
        var node = Start(
            """
            akka.remote.embedded.shared-secret = two
            akka.cluster.retry-unsuccessful-join-after = 3s
            """);
        var failed = await Assert.ThrowsAsync<ClusterJoinFailedException>(
            () => node.Cluster.JoinSeedNodesAsync([first.Address, Nobody(first)]).WaitAsync(Patience));
        Assert.StartsWith("WrongSecret: The other end refuses", failed.Message, StringComparison.Ordinal);
        Assert.Contains($"So says {first.Address}.", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_gives_up_by_itself_says_what_it_was_told()
    {
        var first = await First("akka.remote.embedded.shared-secret = one");
        var node = Start(
            """
            akka.remote.embedded.shared-secret = two
            akka.cluster.shutdown-after-unsuccessful-join-seed-nodes = 2s
            """);
        await Assert.ThrowsAsync<ClusterJoinFailedException>(
            () => node.Cluster.JoinSeedNodesAsync([first.Address, Nobody(first)]).WaitAsync(Patience));
        await node.System.WhenTerminated.WaitAsync(Patience);
        var reason = CoordinatedShutdown.Get(node.System).ShutdownReason;
        Assert.StartsWith("WrongSecret: The other end refuses", $"{reason}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_another_cluster()
    {
        var first = await First();
        var other = Start(name: "other");
        await IsRefused(other, first.Address, "OtherCluster: this is a node of 'other'");
        await IsRefused(Start(name: "third"), first.Address.WithSystem("third"), "OtherCluster: The other end");
    }

    [Fact]
    public async Task One_whose_seed_nodes_have_TLS_and_itself_not()
    {
        var node = Start();
        await IsRefused(
            node, node.Address.WithProtocol("akka.ssl.tcp").WithPort(1),
            "OtherTransport: none of its seed nodes can be one");
    }

    [Fact]
    public async Task One_that_seeks_a_node_under_another_name()
    {
        var first = await First();
        await IsRefused(Start(), first.Address.WithHost("localhost"), "OtherAddress: The other end refuses");
    }

    [Fact]
    public async Task One_with_a_store_of_another_cluster()
    {
        var first = await First(Store("one"));
        var other = await First(Store("two"));
        await other.System.Terminate().WaitAsync(Patience);
        await IsRefused(Start(Store("two")), first, "OtherStore: its store");
        await IsRefused(Start(Store("one"), "other"), first.Address.WithSystem("other"), "OtherStore: The store");
    }

    [Fact]
    public async Task One_with_a_store_of_nobody_leaves_it_so()
    {
        var first = await First(Store("one"));
        var told = await IsRefused(Start(Store("new")), first.Address, "OtherStore: its store");
        Assert.EndsWith($"So says {first.Address}.", told, StringComparison.Ordinal);
        var rightful = Start(Store("new"), "other");
        await rightful.Cluster.JoinAsync(rightful.Address).WaitAsync(Patience);
        await IsRefused(Start(Store("new")), first, "OtherStore: The store belongs to the cluster 'other'");
    }

    [Fact]
    public async Task One_that_would_not_live_through_a_change_of_leader()
    {
        var first = await First();
        const string slow =
            "akka.cluster.embedded { heartbeat-interval = 60s, member-lease = 90s, unreachable-after = 80s }";
        await IsRefused(Start(slow), first, "IncompatibleSettings: by its settings");
    }

    [Fact]
    public async Task One_that_has_another_value_where_all_must_have_the_same()
    {
        var first = await First("akka.cluster.embedded.same-everywhere = \"shards = 100\"");
        await IsRefused(
            Start("akka.cluster.embedded.same-everywhere = \"shards = 50\""), first,
            "IncompatibleSettings: its settings say shards = 50, the leader's shards = 100;");
        var silent = Start();
        await silent.Cluster.JoinAsync(first.Address).WaitAsync(Patience);
    }

    [Fact]
    public async Task One_that_cannot_reach_its_store()
    {
        var node = Start(
            """
            akka.cluster.retry-unsuccessful-join-after = 500ms
            akka.cluster.embedded.store {
              provider-name = SQLite, connection-string = "Data Source=/nowhere/cluster.db"
            }
            """);
        var failed = await Assert.ThrowsAsync<ClusterJoinFailedException>(
            () => node.Cluster.JoinSeedNodesAsync([node.Address]).WaitAsync(Patience));
        Assert.StartsWith("StoreUnreachable: ", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_another_version_says_is_understood_as_far_as_it_must_be()
    {
        var node = Start();
        var serializer = new ClusterMessageSerializer((ExtendedActorSystem)node.System);
        var applicant = LeaderDeskTests.Applicant(node.Cluster.SelfUniqueAddress) with { AppVersion = AppVersion.Zero };
        var bytes = serializer.ToBinary(new JoinRequest(99, applicant.Node, applicant));
        Array.Resize(ref bytes, bytes.Length - 30);
        var read = Assert.IsType<JoinRequest>(serializer.FromBinary(bytes, "J"));
        Assert.Equal((99, applicant.Node, null), (read.Protocol, read.Node, (object?)read.Applicant));
        var refused = new JoinRefused(JoinRefusal.OtherProtocol, "why");
        Assert.Equal(refused, serializer.FromBinary(serializer.ToBinary(refused), "R"));
    }

    private static Task<string> IsRefused(ClusterNode node, ClusterNode seed, string why) =>
        IsRefused(node, seed.Address, why);

    private async Task<ClusterNode> First(string settings = "")
    {
        var node = Start(settings);
        node.Cluster.Join(node.Address);
        await node.WhenUp(1);
        return node;
    }

    /// <summary>Where no node is.</summary>
    private static Address Nobody(ClusterNode like) => like.Address.WithPort(1);
}
