using ClusterScheduler.Sdk.Metrics;

namespace ClusterScheduler.Sdk;

/// <summary>
/// A scheduler's connection to its framework's entity, as a part of whichever actor holds it: a
/// <see cref="SchedulerActor"/>, or a persistent actor by composition. It subscribes and stays subscribed: when the
/// entity moves, the master changes or heartbeats stop coming, it subscribes again with backoff. It holds the offers,
/// gives each update out once, and carries the calls. Hand every message to <see cref="Handle"/> first.
/// Not thread-safe: everything happens inside that actor (Mesos: SchedulerDriver).
/// </summary>
public sealed partial class SchedulerDriver
{
    private readonly IActorContext _context;
    private readonly IActorRef _self;
    private readonly IActorRef _frameworks;
    private readonly SchedulerSettings _settings;
    private readonly ISchedulerCallbacks _callbacks;
    private readonly SchedulerCounters _counters;
    private readonly UpdateMemory _updates;
    private readonly Tally _tally;
    private readonly SortedDictionary<OfferId, Offer> _offers = [];
    private readonly SortedSet<string> _suppressed;

    /// <summary>Roles revived while there was no connection: their filters are still to be forgotten.</summary>
    private readonly SortedSet<string> _revivedMeanwhile = new(StringComparer.Ordinal);

    /// <summary>Tasks that were launched or asked about and of which nothing was heard since, and when that was said
    /// last.</summary>
    private readonly SortedDictionary<TaskId, TimeSpan> _unheard = [];

    /// <summary>Kills of tasks that are not known to have ended: said again after a reconnection.</summary>
    private readonly SortedDictionary<TaskId, TimeSpan?> _kills = [];

    /// <summary>What was last said to be waited for.</summary>
    private ImmutableArray<ResourceRequest> _requests = [];

    private Phase _phase = Phase.Idle;
    private Guid _connection;
    private IActorRef? _entity;
    private TimeSpan _lastHeard;
    private bool _everRegistered;
    private bool _tearingDown;
    private ICancelable? _timer;

    /// <summary>Made in the constructor of the actor that holds it; does nothing before <see cref="Start"/>.</summary>
    /// <param name="context">That actor's context.</param>
    /// <param name="frameworks">Where messages to frameworks' entities go: the shard region or its proxy.</param>
    /// <param name="settings">The framework and how it connects.</param>
    /// <param name="callbacks">Told what happens.</param>
    /// <exception cref="ArgumentException">A setting cannot be worked with; the message names it.</exception>
    public SchedulerDriver(
        IActorContext context, IActorRef frameworks, SchedulerSettings settings, ISchedulerCallbacks callbacks)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(frameworks);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(callbacks);
        settings.Validate();
        _context = context;
        _self = context.Self;
        _frameworks = frameworks;
        _settings = settings;
        _callbacks = callbacks;
        _counters = new SchedulerCounters(settings.Info.Name);
        _updates = new UpdateMemory(settings.UpdatesRememberedMax);
        _tally = new Tally(settings.HeartbeatsMissedMax);
        _suppressed = new SortedSet<string>(settings.SuppressedRoles, StringComparer.Ordinal);
    }

    private enum Phase
    {
        Idle,
        Subscribing,
        Connected,
        Stopped,
    }

    /// <summary>The framework's id.</summary>
    public FrameworkId FrameworkId => _settings.FrameworkId;

    /// <summary>Whether calls reach the framework's entity at the moment, as far as is known.</summary>
    public bool IsConnected => _phase == Phase.Connected;

    /// <summary>The master of the current subscription; none before the first.</summary>
    public MasterEpoch Epoch { get; private set; }

    /// <summary>The offers that were given out and have not ended, in the order of their ids.</summary>
    public IReadOnlyCollection<Offer> Offers => _offers.Values;

    /// <summary>Counters since the driver was made.</summary>
    public SchedulerMetrics Metrics => _counters.Read(IsConnected, _offers.Count);

    /// <summary>One that was frozen may have got this connection's subscription too, and be out of date.</summary>
    private bool IsOfEntity => _context.Sender.Equals(_entity);

    private TimeSpan Now => _context.System.Scheduler.MonotonicClock;

    /// <summary>Begins to subscribe; does nothing the second time. Called in PreStart, not in a constructor.</summary>
    public void Start()
    {
        if (_phase == Phase.Idle)
        {
            Connect();
        }
    }

    /// <summary>
    /// Takes a message if it is the driver's. Callbacks run inside this call; an exception that one of them throws
    /// comes out of it, and the update that it was about stays unacknowledged.
    /// </summary>
    /// <returns>True: it was the driver's, also when it was out of date. False: it is the actor's own.</returns>
    public bool Handle(object message)
    {
        switch (message)
        {
            case SchedulerProtocol.Subscribed subscribed:
                WhenCurrent(subscribed.Connection, () => OnSubscribed(subscribed));
                return true;
            case SchedulerProtocol.SubscriptionEnded ended:
                if (_phase == Phase.Subscribing || IsOfEntity)
                {
                    WhenCurrent(ended.Connection, () => OnEnded(ended.Message));
                }

                return true;
            case SchedulerProtocol.Offers offers:
                WhenConnected(offers.Connection, () => OnOffers(offers.Items));
                return true;
            case SchedulerProtocol.Rescinded rescinded:
                WhenConnected(rescinded.Connection, () => OnRescinded(rescinded.OfferIds));
                return true;
            case SchedulerProtocol.InverseOffers offers:
                WhenConnected(offers.Connection, () => OnInverseOffers(offers.Items));
                return true;
            case SchedulerProtocol.InverseRescinded rescinded:
                WhenConnected(rescinded.Connection, () => OnInverseRescinded(rescinded.OfferIds));
                return true;
            case SchedulerProtocol.Updated updated:
                WhenConnected(updated.Connection, () => OnUpdated(updated.Update));
                return true;
            case SchedulerProtocol.OperationsAnswered answered:
                WhenConnected(answered.Connection, () => OnOperations(answered.Statuses));
                return true;
            case SchedulerProtocol.TransactionAnswered answered:
                WhenConnected(answered.Connection,
                    () => _callbacks.TransactionAnswered(answered.TransactionId, answered.Refusal));
                return true;
            case SchedulerProtocol.AgentsShown shown:
                WhenConnected(shown.Connection, () => _callbacks.AgentsShown(shown.Page));
                return true;
            case SchedulerProtocol.AgentFailure failure:
                WhenConnected(failure.Connection, () => _callbacks.AgentLost(failure.AgentId, failure.Gone));
                return true;
            case SchedulerProtocol.Heartbeat heartbeat:
                WhenAlive(heartbeat.Connection, () => OnHeartbeat(heartbeat));
                return true;
            default:
                return HandleLocal(message);
        }
    }

    private bool HandleLocal(object message)
    {
        switch (message)
        {
            case Terminated terminated when terminated.ActorRef.Equals(_entity):
                Lose("the framework's entity stopped or moved");
                return true;
            case SubscribeAgain again:
                WhenCurrent(again.Connection, () => SubscribeOrWait(again.Attempt));
                return true;
            case CheckHeartbeat check:
                WhenCurrent(check.Connection, () => OnCheckHeartbeat(check.Interval));
                return true;
            case DroppedHere dropped when _phase != Phase.Stopped:
                GiveOut(dropped.Update);
                return true;
            case DroppedHere:
                return true;
            case GetSchedulerMetrics:
                _context.Sender.Tell(Metrics, _self);
                return true;
            default:
                return false;
        }
    }

    private void WhenCurrent(Guid connection, Action act)
    {
        if (connection == _connection && _phase is (Phase.Subscribing or Phase.Connected))
        {
            act();
        }
    }

    private void WhenConnected(Guid connection, Action act) => WhenAlive(connection, () =>
    {
        _tally.Hear();
        act();
    });

    private void WhenAlive(Guid connection, Action act)
    {
        if (connection == _connection && _phase == Phase.Connected && IsOfEntity)
        {
            _lastHeard = Now;
            act();
        }
    }

    /// <summary>The next attempt to subscribe is due.</summary>
    private sealed record SubscribeAgain(Guid Connection, int Attempt) : INoSerializationVerificationNeeded;

    /// <summary>It is time to see whether the entity was heard of.</summary>
    private sealed record CheckHeartbeat(Guid Connection, TimeSpan Interval) : INoSerializationVerificationNeeded;

    /// <summary>A launch that could not be sent.</summary>
    private sealed record DroppedHere(StatusUpdate Update) : INoSerializationVerificationNeeded;
}
