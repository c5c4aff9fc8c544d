using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Contract.Tests.ClusterTools;
using Akka.Contract.Tests.Persistence;
using Akka.Event;

namespace Akka.Contract.Tests.Sharding;

/// <summary>Entities that go from node to node, and what waits for them meanwhile.</summary>
public sealed class MovingTests : IDisposable
{
    private const int Entities = 20;

    private const string Settings = """
        akka.cluster {
          sharding {
            state-store-mode = ddata
            remember-entities-store = eventsourced
            distributed-data.durable.keys = []
            retry-interval = 200ms
            rebalance-interval = 300ms
            passivate-idle-entity-after = off
            least-shard-allocation-strategy { rebalance-absolute-limit = 10, rebalance-relative-limit = 1.0 }
          }
        }
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("moving-").FullName;
    private readonly ConcurrentQueue<string> _life = new();

    private string Stored => $"{Settings}\n{SqlPlugins.Sqlite(Path.Combine(_directory, "events.db"))}";

    public void Dispose() => Directory.Delete(_directory, true);

    [Fact]
    public async Task A_remembered_entity_begins_on_another_node_without_a_word_to_it_when_its_own_leaves()
    {
        await using var nodes = await Nodes.Start(2, Stored);
        var (first, second) = (nodes[0], nodes[1]);
        var region = Start(first, isRemembered: true);
        Start(second, isRemembered: true);
        await Nodes.Eventually(
            async () => (await Talk(region)).Contains(At(first)), () => "none lives on the first node");
        await nodes.Leave(first);

        await Nodes.Eventually(
            () => Enumerable.Range(0, Entities).All(entity => _life.Contains($"{entity} began on {At(second)}")),
            () => $"not all began on {At(second)}: {string.Join(", ", _life)}");
    }

    [Fact]
    public async Task When_a_node_comes_shards_move_to_it_and_their_entities_end_before_they_begin_there()
    {
        await using var nodes = await Nodes.Start(1, Settings);
        var first = nodes[0];
        var region = Start(first);
        await Nodes.Eventually(async () => (await Talk(region)).Count > 0, () => "no entity answers");

        var second = await nodes.Add();
        Start(second);
        await Nodes.Eventually(
            async () => (await Talk(region)).Contains(At(second)),
            () => $"no entity moved: {string.Join(", ", _life)}");

        foreach (var entity in Enumerable.Range(0, Entities))
        {
            List<string> life = [.. _life.Where(line => line.Split(' ')[0] == $"{entity}")];
            for (var line = 1; line < life.Count; line++)
                Assert.NotEqual(life[line].Contains("began"), life[line - 1].Contains("began"));
        }
    }

    /// <summary>Nobody says where entities live before the node is in a cluster.</summary>
    [Fact]
    public async Task Of_too_much_that_waits_for_a_home_the_newest_is_dropped()
    {
        await using var nodes = new Nodes(Settings);
        var node = nodes.AddAlone("akka.cluster.sharding.buffer-size = 10");
        var dropped = new ConcurrentQueue<object>();
        node.EventStream.Subscribe(
            node.ActorOf(Props.Create(() => new DeadLetters(dropped))), typeof(DeadLetter));
        var region = Start(node);
        var answers = Enumerable.Range(0, 15).Select(number => region.Ask<string>($"{number}", Nodes.Patience))
            .ToList();
        await Nodes.Eventually(() => dropped.Count == 5, () => $"dropped: {string.Join(", ", dropped)}");
        Assert.Equal(["10", "11", "12", "13", "14"], dropped.Select(static message => $"{message}"));

        await nodes.Join(node);
        Assert.All(await Task.WhenAll(answers.Take(10)), answer => Assert.Equal(At(node), answer));
    }

    private static string At(ActorSystem node) => $"{Nodes.AddressOf(node)}";

    /// <summary>Where all entities answer; nowhere as long as one does not: what is said while it moves may be lost.
    /// </summary>
    private static async Task<IReadOnlyCollection<string>> Talk(IActorRef region)
    {
        try
        {
            return await Task.WhenAll(Enumerable.Range(0, Entities).Select(
                entity => region.Ask<string>($"{entity}", TimeSpan.FromSeconds(2))));
        }
        catch (AskTimeoutException)
        {
            return [];
        }
    }

    private IActorRef Start(ActorSystem node, bool isRemembered = false)
    {
        var life = _life;
        return ClusterSharding.Get(node).Start(
            "thing", entity => Props.Create(() => new Traveller(entity, life)),
            ClusterShardingSettings.Create(node).WithRememberEntities(isRemembered), new Named());
    }

    private sealed class Traveller : ReceiveActor
    {
        private readonly string _name;
        private readonly string _node = At(Context.System);
        private readonly ConcurrentQueue<string> _life;

        public Traveller(string name, ConcurrentQueue<string> life)
        {
            (_name, _life) = (name, life);
            ReceiveAny(_ => Sender.Tell(_node));
        }

        protected override void PreStart() => _life.Enqueue($"{_name} began on {_node}");

        protected override void PostStop() => _life.Enqueue($"{_name} ended on {_node}");
    }

    private sealed class DeadLetters : ReceiveActor
    {
        public DeadLetters(ConcurrentQueue<object> messages) => Receive<DeadLetter>(
            letter => letter.Message is string, letter => messages.Enqueue(letter.Message));
    }

    /// <summary>A message is the entity's name.</summary>
    private sealed class Named() : HashCodeMessageExtractor(10)
    {
        public override string EntityId(object message) => (message as string)!;
    }
}
