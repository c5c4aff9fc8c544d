using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Contract.Tests.ClusterTools;

namespace Akka.Contract.Tests.Sharding;

/// <summary>Sharding on several nodes that talk over TCP.</summary>
public sealed class ManyNodesTests
{
    private const int Entities = 40;

    private const string Settings = """
        akka.cluster {
          roles = [host]
          sharding {
            state-store-mode = ddata
            distributed-data.durable.keys = []
            retry-interval = 200ms
            rebalance-interval = 500ms
            passivate-idle-entity-after = off
            least-shard-allocation-strategy { rebalance-absolute-limit = 10, rebalance-relative-limit = 1.0 }
          }
        }
        """;

    [Fact]
    public async Task Entities_are_reached_from_every_node_and_live_on_all_of_them()
    {
        await using var nodes = await Nodes.Start(3, Settings);
        var regions = Enumerable.Range(0, 3).Select(index => Start(nodes[index])).ToList();
        var homes = new HashSet<string>(StringComparer.Ordinal);
        await Nodes.Eventually(
            async () =>
            {
                homes.Clear();
                foreach (var region in regions)
                    homes.UnionWith(await AskAll(region));
                return homes.Count == 3;
            }, () => $"expected entities on 3 nodes, they are on {string.Join(", ", homes)}");
        Assert.Equal(await AskAll(regions[0]), await AskAll(regions[2]));
    }

    [Fact]
    public async Task A_node_that_leaves_hands_its_entities_over()
    {
        await using var nodes = await Nodes.Start(3, Settings);
        var regions = Enumerable.Range(0, 3).Select(index => Start(nodes[index])).ToList();
        await AskAll(regions[2]);
        await nodes.Leave(nodes[0]);
        var homes = await AskAll(regions[2]);
        Assert.Equal(Entities, homes.Count(home => home.Length > 0));
    }

    [Fact]
    public async Task A_proxy_on_a_node_without_the_role_reaches_the_entities()
    {
        await using var nodes = await Nodes.Start(2, Settings);
        Start(nodes[0]);
        Start(nodes[1]);
        var guest = await nodes.Add("akka.cluster.roles = [guest]");
        var region = Start(guest);
        Assert.Equal(Entities, (await AskAll(region)).Count);
        Assert.Empty(ClusterSharding.Get(guest).ShardTypeNames);
    }

    private static IActorRef Start(ActorSystem system) => ClusterSharding.Get(system).Start(
        "thing", _ => Props.Create(() => new Home()), ClusterShardingSettings.Create(system).WithRole("host"),
        new TextExtractor());

    /// <summary>The nodes of all entities, by number.</summary>
    private static async Task<List<string>> AskAll(IActorRef region)
    {
        var answers = Enumerable.Range(0, Entities)
            .Select(number => region.Ask<string>($"where is e{number}", Nodes.Patience));
        return [.. await Task.WhenAll(answers)];
    }

    private sealed class Home : ReceiveActor
    {
        public Home()
        {
            var node = Cluster.Cluster.Get(Context.System).SelfAddress.ToString();
            ReceiveAny(_ => Sender.Tell(node));
        }
    }

    /// <summary>The last word is the entity's.</summary>
    private sealed class TextExtractor() : HashCodeMessageExtractor(12)
    {
        public override string EntityId(object message) => (message as string)?.Split(' ')[^1]!;
    }
}
