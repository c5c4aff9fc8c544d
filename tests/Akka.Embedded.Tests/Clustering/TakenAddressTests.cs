using Akka.Actor;
using Akka.Cluster;

namespace Akka.Embedded.Tests.Clustering;

/// <summary>
/// Two nodes that say they have one address, as with a public address copied to a second host: it is that one's who
/// answers there.
/// </summary>
public sealed class TakenAddressTests : JoinScene
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(1, 2)]
    public async Task A_node_with_the_address_of_a_member_expels_nobody(int claimed, int seed)
    {
        var nodes = await Form("", "", "");
        await IsRefused(Claimant(nodes[claimed]), nodes[seed].Address);
        await AreAsBefore(nodes);
    }

    [Fact]
    public async Task One_with_the_address_of_the_leader_does_not_take_the_lease_for_its_own()
    {
        var store = Store("one");
        var nodes = await Form(store, store);
        // No seed node answers, so that it goes by the store.
        await IsRefused(Claimant(nodes[0], store), nodes[0].Address.WithPort(1));
        await AreAsBefore(nodes);
    }

    [Fact]
    public async Task The_one_that_answers_there_is_let_in_though_the_other_came_first()
    {
        const string patient = "akka.cluster.retry-unsuccessful-join-after = 20s";
        var first = (await Form(""))[0];
        var owner = Start(patient);
        var refused = IsRefused(Claimant(owner, patient), first.Address);
        await first.WhenUp(2);

        await owner.Cluster.JoinSeedNodesAsync([first.Address]).WaitAsync(Patience);

        await refused;
        Assert.Equal(new[] { first.Cluster.SelfUniqueAddress, owner.Cluster.SelfUniqueAddress }.Order(), Of(first));
    }

    [Fact]
    public async Task A_node_that_was_restarted_is_let_in_before_the_lease_of_its_run_before_is_over()
    {
        const string longLease = "akka.cluster.embedded { member-lease = 5m, unreachable-after = 4m }";
        var nodes = await Form(longLease, longLease + "\nakka.coordinated-shutdown {"
            + " run-by-actor-system-terminate = off, terminate-actor-system = off }");
        var (first, killed) = (nodes[0], nodes[1]);
        await killed.System.Terminate().WaitAsync(Patience);
        Assert.Contains(killed.Cluster.SelfUniqueAddress, Of(first));

        var again = Start($"{longLease}\nakka.remote.dot-netty.tcp.port = {killed.Address.Port}");
        await again.Cluster.JoinSeedNodesAsync([first.Address]).WaitAsync(Patience);

        Assert.Equal(new[] { first.Cluster.SelfUniqueAddress, again.Cluster.SelfUniqueAddress }.Order(), Of(first));
    }

    private static IEnumerable<UniqueAddress> Of(ClusterNode node) =>
        node.Cluster.State.Members.Select(member => member.UniqueAddress).Order();

    private static async Task IsRefused(ClusterNode node, Address seed) => Assert.Contains(
        "the address of another node, which answers there",
        await IsRefused(node, seed, "AddressTaken: "),
        StringComparison.Ordinal);

    /// <summary>Each still hears each: one more is let in, and all see it.</summary>
    private async Task AreAsBefore(IReadOnlyList<ClusterNode> nodes)
    {
        var members = nodes.Select(node => node.Cluster.SelfUniqueAddress).ToList();
        var last = Start("");
        await last.Cluster.JoinSeedNodesAsync([nodes[^1].Address]).WaitAsync(Patience);
        foreach (var node in nodes)
        {
            await node.WhenUp(nodes.Count + 1);
            Assert.Equal(members.Append(last.Cluster.SelfUniqueAddress).Order(), Of(node));
        }

        Assert.True(nodes[0].IsLeader);
    }

    private async Task<IReadOnlyList<ClusterNode>> Form(params string[] settings)
    {
        var nodes = settings.Select(each => Start(each)).ToList();
        nodes[0].Cluster.Join(nodes[0].Address);
        await nodes[0].WhenUp(1);
        foreach (var node in nodes.Skip(1))
            await node.Cluster.JoinAsync(nodes[0].Address).WaitAsync(Patience);
        foreach (var node in nodes)
            await node.WhenUp(nodes.Count);
        return nodes;
    }

    private ClusterNode Claimant(ClusterNode of, string settings = "") => Start(
        $$"""
        akka.remote.dot-netty.tcp { hostname = "127.0.0.3", public-hostname = "127.0.0.1", port = {{of.Address.Port}} }
        {{settings}}
        """);
}
