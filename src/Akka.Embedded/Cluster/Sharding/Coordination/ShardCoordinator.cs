using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>Gives the shards of one type homes. Decides nothing itself: <see cref="ShardTable"/> does.</summary>
internal sealed class ShardCoordinator : ReceiveActor, IWithTimers
{
    private readonly string _typeName;
    private readonly ShardingNode _node;
    private readonly ClusterShardingSettings _settings;
    private readonly IShardAllocationStrategy _strategy;
    private readonly CoordinatorEpoch _epoch;
    private readonly ShardTable _table;
    private readonly RoleView _view;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private IActorRef? _store;

    public ShardCoordinator(
        string typeName, ShardingNode node, ClusterShardingSettings settings, IShardAllocationStrategy strategy,
        CoordinatorEpoch epoch)
    {
        _typeName = typeName;
        _node = node;
        _settings = settings;
        _strategy = strategy;
        _epoch = epoch;
        _table = new ShardTable(settings.TuningParameters.HandOffTimeout, settings.RememberEntities);
        _view = new RoleView(settings.Role);
        ReceiveMembers();
        ReceiveRegions();
        ReceiveAnswers();
        ReceiveQuestions();
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        _node.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsSnapshot);
        var tuning = _settings.TuningParameters;
        Timers.StartPeriodicTimer(nameof(Tick), Tick.Instance, tuning.RetryInterval);
        Timers.StartPeriodicTimer(nameof(Rebalance), Rebalance.Instance, tuning.RebalanceInterval);
        if (_settings.RememberEntities)
        {
            _store = Context.ActorOf(CoordinatorStore.Props(_typeName, _settings), "store");
            Context.Watch(_store);
        }
    }

    protected override void PostStop() => _node.Unsubscribe(Self);

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private void ReceiveMembers()
    {
        Receive<ClusterEvent.CurrentClusterState>(state =>
        {
            foreach (var member in state.Members)
                _view.Put(member);
            Do(() => _table.Begin(_view.Nodes));
        });
        Receive<ClusterEvent.MemberRemoved>(removed =>
        {
            _view.Remove(removed.Member);
            Do(() => _table.NodeRemoved(removed.Member.UniqueAddress));
        });
        Receive<ClusterEvent.ClusterShuttingDown>(_ => Context.Stop(Self));
        Receive<ClusterEvent.IMemberEvent>(change =>
        {
            _view.Put(change.Member);
            if (_view.Find(change.Member.UniqueAddress) is not null)
                Do(() => _table.NodeUp(change.Member.UniqueAddress));
        });
    }

    private void ReceiveRegions()
    {
        Receive<Register>(region =>
        {
            if (_view.Find(region.Node) is null)
                return;
            Context.Watch(Sender);
            Sender.Tell(new RegisterAck(_epoch));
            Do(() => _table.RegionIsThere(Sender, region.Node, region.Shards, region.Stopping));
        });
        Receive<RegisterProxy>(proxy =>
        {
            Context.Watch(Sender);
            Sender.Tell(new RegisterAck(_epoch));
            _table.ProxyIsThere(Sender, proxy.Node);
        });
        Receive<ActorIdentity>(
            nobody => nobody.Subject is null or Nobody,
            nobody => HasNoRegion(UniqueAddress.FromText((string)nobody.MessageId!)));
        Receive<ActorIdentity>(_ => { });
        Receive<Terminated>(Ended);
        Receive<RegionLeaves>(_ => Do(() => _table.RegionLeaves(Sender)));
    }

    private void ReceiveAnswers()
    {
        Receive<GetShardHome>(question => Do(() => _table.HomeAsked(question.Shard, Sender)));
        Receive<ShardStarted>(started => Do(() => _table.ShardIsHosted(started.Shard, Sender, started.Turn)));
        Receive<BeginHandOffAck>(released => Do(() => _table.Released(released.Shard, released.Region, released.Turn)));
        Receive<ShardStopped>(stopped => Do(() => _table.ShardHasStopped(stopped.Shard, Sender, stopped.Turn)));
        Receive<Choice>(choice => Do(() => Chosen(choice)));
        Receive<RebalanceChoice>(choice => Do(() => _table.Rebalance(choice.Shards.Order(StringComparer.Ordinal))));
        Receive<RememberedIds>(ids => Do(() => _table.WrittenBefore(ids.Ids.Order(StringComparer.Ordinal))));
        Receive<ShardRemembered>(written => Do(() => _table.Written(written.Shard)));
        Receive<Tick>(_ => Do(_table.Tick));
        Receive<Rebalance>(_ => AskForRebalance());
    }

    private void ReceiveQuestions()
    {
        Receive<GetCurrentRegions>(_ => Sender.Tell(
            new CurrentRegions(_table.Regions.Select(each => each.Node.Address).ToImmutableHashSet())));
        Receive<GetClusterShardingStats>(question => ClusterStats.Ask(
            [.. _table.Regions.Select(each => (each.Node.Address, each.Region))], question.Timeout).PipeTo(Sender));
    }

    /// <summary>Lets the table decide, then carries out what it wants, and what that leads to.</summary>
    private void Do(Action decide)
    {
        _table.Now = Context.System.Scheduler.MonotonicClock;
        decide();
        var effects = _table.Effects;
        for (var index = 0; index < effects.Count; index++)
            CarryOut(effects[index]);
        effects.Clear();
    }

    private void CarryOut(CoordinatorEffect effect)
    {
        switch (effect)
        {
            case CoordinatorEffect.Tell tell:
                tell.To.Tell(tell.Message, Self);
                break;
            case CoordinatorEffect.AskNode ask:
                _node.TellRegion(ask.Node.Address, _typeName, new AskRegion(_epoch), Self);
                _node.TellRegion(ask.Node.Address, _typeName, new Identify(ask.Node.ToText()), Self);
                break;
            case CoordinatorEffect.Choose choose:
                AskForChoice(choose);
                break;
            case CoordinatorEffect.Write write:
                _store!.Tell(new RememberShard(write.Shard), Self);
                break;
            default:
                throw new InvalidOperationException($"{effect} is no effect of the coordinator's table.");
        }
    }

    private void AskForChoice(CoordinatorEffect.Choose choose)
    {
        var shard = choose.Shard;
        var chosen = Guarded(() => _strategy.AllocateShard(choose.Requester ?? Self, shard, _table.Allocations));
        if (chosen.IsCompletedSuccessfully)
            _table.Chosen(shard, chosen.Result);
        else
            chosen.PipeTo(
                Self, Self, region => new Choice(shard, region, null), failure => new Choice(shard, null, failure));
    }

    private void Chosen(Choice choice)
    {
        if (choice.Failure is { } failure)
            _log.Error(failure, "No home for shard {0} of {1}: {2}", choice.Shard, _typeName, failure.Message);
        _table.Chosen(choice.Shard, choice.Region);
    }

    private void AskForRebalance()
    {
        if (!_table.KnowsAll)
            return;
        var moving = _table.Moving;
        Guarded(() => _strategy.Rebalance(_table.Allocations, moving)).PipeTo(
            Self, Self, shards => new RebalanceChoice(shards), failure =>
            {
                _log.Error(failure, "The shards of {0} cannot be rebalanced: {1}", _typeName, failure.Message);
                return new RebalanceChoice(ImmutableHashSet<string>.Empty);
            });
    }

    private void Ended(Terminated ended)
    {
        if (ended.ActorRef.Equals(_store))
            throw new InvalidOperationException($"The store of the shard names of {_typeName} stopped.");
        // A node that is given up may still run; its regions are gone when it is removed from the cluster.
        if (!ended.AddressTerminated)
            Do(() => _table.RegionEnded(ended.ActorRef));
        Do(() => _table.ProxyEnded(ended.ActorRef));
    }

    /// <summary>
    /// Another run that has come up at the address says nothing of the one that was asked: what that one has still
    /// under way is over when it is removed.
    /// </summary>
    private void HasNoRegion(UniqueAddress node)
    {
        if (_node.IsCurrentRun(node))
            Do(() => _table.NoRegionOn(node));
    }

    private static async Task<T> Guarded<T>(Func<Task<T>> call) => await call();

    private sealed record Choice(string Shard, IActorRef? Region, Exception? Failure)
        : INoSerializationVerificationNeeded;

    private sealed record RebalanceChoice(IImmutableSet<string> Shards) : INoSerializationVerificationNeeded;

    private sealed record Tick : INoSerializationVerificationNeeded
    {
        internal static readonly Tick Instance = new();
    }

    private sealed record Rebalance : INoSerializationVerificationNeeded
    {
        internal static readonly Rebalance Instance = new();
    }
}
