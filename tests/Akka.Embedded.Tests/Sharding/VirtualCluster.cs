using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Akka.Cluster.Sharding.Internal;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.TestKit;

namespace Akka.Embedded.Tests.Sharding;

/// <summary>
/// Several nodes in one thread, on virtual time: the real regions, coordinators and shards, with links between nodes
/// that keep the order of one link and no other, and news of members that come to each node in its own time.
/// </summary>
internal sealed class VirtualCluster
{
    internal const string Type = "thing";

    private const string Settings = """
        akka.loglevel = OFF
        akka.loggers = []
        akka.log-dead-letters = off
        akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
        akka.coordinated-shutdown.run-by-actor-system-terminate = off
        akka.coordinated-shutdown.run-by-clr-shutdown-hook = off
        akka.cluster.sharding {
          retry-interval = 1s
          rebalance-interval = 3s
          handoff-timeout = 20s
          least-shard-allocation-strategy.rebalance-relative-limit = 0.3
        }
        """;

    private readonly DeterministicDispatcher _dispatcher;
    private readonly Random _random;
    private readonly Dictionary<int, VirtualNode> _nodes = [];
    private readonly SortedDictionary<(int From, int To), Queue<Action>> _links = [];
    private readonly HashSet<int> _ending = [];
    private readonly Dictionary<(int, string), int> _numbers = [];
    private readonly ClusterShardingSettings _settings;
    private readonly int _shards;
    private int _lastNode;

    internal VirtualCluster(int seed, int shards)
    {
        Seed = seed;
        _shards = shards;
        _random = new Random(seed);
        _dispatcher = new DeterministicDispatcher((ulong)seed);
        System = ActorSystem.Create("virtual", ActorSystemSetup.Create(
            BootstrapSetup.Create().WithConfig(ConfigurationFactory.ParseString(Settings)),
            new DeterministicSetup(_dispatcher)));
        _settings = ClusterShardingSettings.Create(System).WithPassivateIdleAfter(TimeSpan.Zero);
        Log = new EntityLog();
        var lost = Lost;
        System.EventStream.Subscribe(
            System.ActorOf(Props.Create(() => new LostActor(lost)), "lost"), typeof(Akka.Event.DeadLetter));
    }

    internal int Seed { get; }

    internal ActorSystem System { get; }

    internal EntityLog Log { get; }

    internal List<string> Lost { get; } = [];

    internal int Said { get; private set; }

    /// <summary>Nodes that neither leave nor are killed.</summary>
    internal IReadOnlyList<VirtualNode> Alive => [.. _nodes.Values.Where(each => !_ending.Contains(each.Number))];

    internal static int NodeOf(IActorRef actor) => int.Parse(
        actor.Path.Elements[1].AsSpan(1), global::System.Globalization.CultureInfo.InvariantCulture);

    internal VirtualNode Node(int number) => _nodes[number];

    internal void AddNode()
    {
        var others = _nodes.Values.Where(each => !each.HasStopped).ToList();
        var node = new VirtualNode(this, ++_lastNode, others.Select(each => each.Member));
        _nodes[node.Number] = node;
        Publish(new ClusterEvent.MemberUp(node.Member));
        var strategy = ShardAllocationStrategy.LeastShardAllocationStrategy(0, 0.3);
        Func<CoordinatorEpoch, Props> coordinator = epoch =>
            Props.Create(() => new ShardCoordinator(Type, node, _settings, strategy, epoch));
        node.Root.Cell.ActorOf(
            Props.Create(() => new CoordinatorHost(coordinator, node, null, TimeSpan.FromSeconds(1))),
            ShardingNode.CoordinatorName(Type));
        var log = Log;
        var setup = new RegionSetup(
            Type, id => Props.Create(() => new VirtualEntity(id, log)), _settings,
            new ExtractorAdapter(new NumberedExtractor(_shards)), PoisonPill.Instance, node);
        node.Root.Cell.ActorOf(Props.Create(() => new RegionActor(setup)), ShardingNode.Name(Type));
    }

    internal void Kill()
    {
        var node = Pick(Alive);
        _ending.Add(node.Number);
        System.Stop(node.Root);
        foreach (var link in _links.Where(each => each.Key.From == node.Number || each.Key.To == node.Number))
            link.Value.Clear();
    }

    /// <summary>Not the youngest: it may not have heard of the others, and then gives up what it keeps.</summary>
    internal void Leave()
    {
        var node = Pick([.. Alive.SkipLast(1)]);
        _ending.Add(node.Number);
        node.Region.Tell(GracefulShutdown.Instance, ActorRefs.NoSender);
    }

    internal void Say(int entities)
    {
        var node = Pick(Alive);
        var entity = $"e{_random.Next(entities)}";
        var number = _numbers[(node.Number, entity)] = _numbers.GetValueOrDefault((node.Number, entity)) + 1;
        Said++;
        node.Region.Tell(new Numbered(entity, node.Number, number), ActorRefs.NoSender);
    }

    /// <summary>One thing of many that may happen next.</summary>
    internal bool Step()
    {
        EndNodes();
        var busy = _links.Where(each => each.Value.Count > 0).Select(each => each.Value).ToList();
        var news = _nodes.Values.Where(each => each.News.Count > 0 && !each.HasStopped).ToList();
        var choice = _random.Next(4);
        if (choice == 0 && news.Count > 0)
            Pick(news).HearNext();
        else if (choice == 1 && busy.Count > 0)
            Pick(busy).Dequeue()();
        else if (!_dispatcher.RunOne())
        {
            if (busy.Count > 0)
                Pick(busy).Dequeue()();
            else if (news.Count > 0)
                Pick(news).HearNext();
            else
                return false;
        }

        return true;
    }

    internal void Pass(TimeSpan time) => ((TestScheduler)System.Scheduler).Advance(time);

    /// <summary>Nothing happens any more but what was begun, and time passes.</summary>
    internal void Settle(TimeSpan time, TimeSpan step)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += step)
        {
            for (var turns = 0; Step(); turns++)
            {
                if (turns > 2_000_000)
                    throw new InvalidOperationException("The cluster never rests.");
            }

            Pass(step);
        }
    }

    /// <summary>How many shards each node that is left hosts.</summary>
    internal IReadOnlyList<int> ShardCounts() =>
        [.. Alive.Select(each => ((LocalActorRef)each.Region).GetChildren().Count)];

    internal void Send(int from, int to, Action deliver)
    {
        if (HasEnded(from) || HasEnded(to))
            return;
        if (!_links.TryGetValue((from, to), out var link))
            _links[(from, to)] = link = new Queue<Action>();
        link.Enqueue(deliver);

    }

    internal ActorRefBase SeenFrom(int node, IActorRef actor)
    {
        var inner = actor is VirtualLinkRef link ? link.Target : (ActorRefBase)actor;
        if (inner is DeadLetterActorRef or Nobody || inner.Path.Elements is not ["user", ..])
            return inner;
        var home = NodeOf(inner);
        return home == node ? inner : new VirtualLinkRef(this, node, home, inner);
    }

    internal object Translate(int node, object message) => message switch
    {
        ShardHome home => home with { Region = SeenFrom(node, home.Region) },
        BeginHandOff begin => begin with { Owner = SeenFrom(node, begin.Owner) },
        BeginHandOffAck ack => ack with
        {
            Region = SeenFrom(node, ack.Region),
            Coordinator = SeenFrom(node, ack.Coordinator),
        },
        _ => message,
    };

    internal bool HasEnded(int node) => !_nodes.TryGetValue(node, out var found) || found.HasStopped;

    private void EndNodes()
    {
        foreach (var number in _ending.ToList())
        {
            if (!_nodes.TryGetValue(number, out var node))
                continue;
            if (node.HasStopped)
            {
                _nodes.Remove(number);
                Publish(new ClusterEvent.MemberRemoved(node.Member.With(MemberStatus.Removed), MemberStatus.Down));
            }
            else if (node.Region is Nobody)
            {
                System.Stop(node.Root);
            }
        }
    }

    private void Publish(ClusterEvent.IMemberEvent news)
    {
        foreach (var node in _nodes.Values)
            node.News.Enqueue(news);
    }

    private sealed class LostActor : ReceiveActor
    {
        public LostActor(List<string> lost) => Receive<Akka.Event.DeadLetter>(
            letter => letter.Message is Numbered, letter => lost.Add($"{letter.Message} at {letter.Recipient}"));
    }

    private T Pick<T>(IReadOnlyList<T> all) => all[_random.Next(all.Count)];
}
