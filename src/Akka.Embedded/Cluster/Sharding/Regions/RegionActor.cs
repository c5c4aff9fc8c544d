using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>
/// Takes messages to the entities of one type. It knows the home of each shard it has dealt with, asks the coordinator
/// for others, and keeps what comes meanwhile; what one sender says to one entity stays in order.
/// <para>Cost of a message: the extractor, one dictionary look-up, one tell.</para>
/// </summary>
internal sealed partial class RegionActor : ActorBase, IWithTimers
{
    private const int FindsPerRetry = 10;

    private readonly RegionSetup _setup;
    private readonly IMessageExtractor _extractor;
    private readonly TuningParameters _tuning;
    private readonly RoleView _view;
    private readonly Dictionary<string, ShardRoute> _routes = new(StringComparer.Ordinal);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private int _kept;
    private int _dropped;
    private bool _leaving;

    public RegionActor(RegionSetup setup)
    {
        _setup = setup;
        _extractor = setup.Extractor;
        _tuning = setup.Settings.TuningParameters;
        _view = new RoleView(setup.Settings.Role);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private bool IsProxy => _setup.EntityProps is null;

    private ShardingNode Node => _setup.Node;

    protected override void PreStart()
    {
        Node.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents);
        Timers.StartPeriodicTimer(RegionTick.Retry.Key, RegionTick.Retry, _tuning.RetryInterval);
    }

    protected override void PostStop()
    {
        Node.Unsubscribe(Self);
        foreach (var route in _routes.Values)
        {
            foreach (var (message, sender) in route.TakeKept())
                Drop(message, sender);
        }
    }

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    protected override bool Receive(object message)
    {
        switch (message)
        {
            case IRegionMessage or ICoordinationMessage or GivenBack:
                return ReceiveOwn(message);
            case ClusterEvent.IClusterDomainEvent change:
                return ReceiveMembers(change);
            case Terminated ended:
                Ended(ended);
                return true;
            case IShardRegionQuery query:
                return Answer(query);
            case GracefulShutdown:
                BeginLeaving();
                return true;
            case IShardRegionCommand:
                return false;
            default:
                return Deliver(message);
        }
    }

    private bool Deliver(object message)
    {
        string? shard;
        try
        {
            shard = _extractor.EntityId(message) is { Length: > 0 } id ? _extractor.ShardId(id, message) : null;
        }
        catch (Exception failure)
        {
            _log.Error(
                failure, "The extractor of {0} failed over a {1}: {2}", _setup.TypeName, message.GetType(),
                failure.Message);
            shard = null;
        }

        if (string.IsNullOrEmpty(shard))
        {
            _log.Warning("A {0} to {1} is for no entity of it; it is dropped.", message.GetType(), _setup.TypeName);
            Drop(message, Sender);
            return true;
        }

        var route = RouteOf(shard);
        if (route.Home is { } home)
            home.Tell(message, Sender);
        else
            Keep(route, message, Sender);
        return true;
    }

    private ShardRoute RouteOf(string shard)
    {
        if (!_routes.TryGetValue(shard, out var route))
            _routes[shard] = route = new ShardRoute(shard);
        return route;
    }

    private void Keep(ShardRoute route, object message, IActorRef sender)
    {
        if (_kept >= _tuning.BufferSize)
        {
            if (_dropped++ == 0)
                _log.Warning(
                    "{0} keeps {1} messages for shards without a home (buffer-size); more are dropped.",
                    _setup.TypeName, _kept);
            Drop(message, sender);
            return;
        }

        _kept++;
        route.Keep(message, sender);
        if (!route.Asked)
            AskHome(route);
    }

    private void Flush(ShardRoute route)
    {
        if (route.KeptCount == 0)
            return;
        _kept -= route.KeptCount;
        foreach (var (message, sender) in route.TakeKept())
            route.Home!.Tell(message, sender);
        if (_dropped > 0)
        {
            _log.Warning("{0} has room for messages again; {1} were dropped.", _setup.TypeName, _dropped);
            _dropped = 0;
        }
    }

    private void Drop(object message, IActorRef sender) =>
        Context.System.DeadLetters.Tell(new DeadLetter(message, sender, Self), sender);
}
