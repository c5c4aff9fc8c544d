using Akka.Cluster;
using Akka.Contract.Tests.Clustering;

namespace Akka.Contract.Tests.ClusterTools;

/// <summary>Nodes that go without a word: killed, or frozen for a moment.</summary>
public sealed class CrashTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("crash-").FullName;

    /// <summary>Each engine takes what is its own: the member list is in a store, or spread by gossip.</summary>
    private string Settings =>
        $$"""
        akka.loglevel = OFF
        akka.cluster {
          # By default that of the process, and these are two programs: an older one gets no shards.
          app-version = "1.0.0"
          gossip-interval = 200ms
          leader-actions-interval = 200ms
          unreachable-nodes-reaper-interval = 200ms
          allow-weakly-up-members = off
          failure-detector { heartbeat-interval = 200ms, acceptable-heartbeat-pause = 1s }
          downing-provider-class = "Akka.Cluster.SBR.SplitBrainResolverProvider, Akka.Cluster"
          split-brain-resolver { active-strategy = keep-majority, stable-after = 2s }
          singleton-proxy.singleton-identification-interval = 200ms
          sharding {
            state-store-mode = ddata
            distributed-data.durable.keys = []
            retry-interval = 200ms
          }
          embedded {
            store {
              provider-name = "SQLite.MS"
              connection-string = "Data Source={{Path.Combine(_directory, "members.db")}}"
            }
            unreachable-after = 1s
          }
        }
        """;

    public void Dispose() => Directory.Delete(_directory, true);

    [Fact]
    public async Task What_the_oldest_node_had_when_it_was_killed_is_elsewhere_soon()
    {
        using var oldest = await ForeignNode.Start(Write(Settings), null);
        await using var nodes = new Nodes(Settings);
        for (var number = 0; number < 2; number++)
            await nodes.Join(nodes.AddAlone(), oldest.Address);
        var (next, last) = (Host.Start(nodes[0]), Host.Start(nodes[1]));
        await Nodes.Eventually(
            async () => await last.Home() == $"{oldest.Address}" && (await last.Homes()).Contains($"{oldest.Address}"),
            () => $"the oldest node {oldest.Address} never had both; {last}");

        oldest.Kill();

        await Nodes.Eventually(
            async () => await last.Home() == $"{Nodes.AddressOf(nodes[0])}",
            () => "the singleton is not on the next oldest node");
        await Nodes.Eventually(
            async () => await last.Homes() is { Count: > 0 } homes && !homes.Contains($"{oldest.Address}"),
            () => "not all entities are on the nodes that are left");
        Assert.Equal(await last.Homes(), await next.Homes());
    }

    [Fact]
    public async Task One_that_is_silent_for_a_moment_is_unreachable_and_reachable_again()
    {
        // Long enough for whoever is frozen until this process has noticed.
        var settings = "akka.cluster { split-brain-resolver.stable-after = 60s, embedded.member-lease = 60s }\n"
            + Settings;
        using var first = new Node(settings);
        first.Cluster.Join(first.Address);
        await first.WhenUp(1);
        using var other = await ForeignNode.Start(Write(settings), first.Address);
        await first.WhenUp(2);
        first.Cluster.Subscribe(
            first.TestActor, ClusterEvent.InitialStateAsSnapshot, typeof(ClusterEvent.IReachabilityEvent));
        await first.ExpectMsgAsync<ClusterEvent.CurrentClusterState>(Node.Patience);

        other.Freeze();
        var gone = await first.ExpectMsgAsync<ClusterEvent.UnreachableMember>(Node.Patience);
        Assert.Equal(other.Address, gone.Member.Address);
        Assert.Equal(other.Address, Assert.Single(first.Cluster.State.Unreachable).Address);

        other.Thaw();
        var back = await first.ExpectMsgAsync<ClusterEvent.ReachableMember>(Node.Patience);
        Assert.Equal(other.Address, back.Member.Address);
        Assert.Equal(MemberStatus.Up, back.Member.Status);
        Assert.Empty(first.Cluster.State.Unreachable);
    }

    private string Write(string settings)
    {
        var file = Path.Combine(_directory, "node.conf");
        File.WriteAllText(file, settings);
        return file;
    }
}
