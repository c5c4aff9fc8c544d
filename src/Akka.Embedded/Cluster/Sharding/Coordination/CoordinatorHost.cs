using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>
/// Runs the coordinator of one type while this node is the oldest of the role. No hand-over is needed: a member is
/// removed only when its coordinator has surely stopped.
/// </summary>
internal sealed class CoordinatorHost : ReceiveActor, IWithTimers
{
    internal const string Coordinator = "coordinator";

    private readonly Func<CoordinatorEpoch, Props> _coordinatorProps;
    private readonly ShardingNode _node;
    private readonly TimeSpan _failureBackoff;
    private readonly RoleView _view;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private IActorRef? _coordinator;
    private bool _resting;

    public CoordinatorHost(
        Func<CoordinatorEpoch, Props> coordinatorProps, ShardingNode node, string? role, TimeSpan failureBackoff)
    {
        _coordinatorProps = coordinatorProps;
        _node = node;
        _failureBackoff = failureBackoff;
        _view = new RoleView(role);
        Receive<ClusterEvent.CurrentClusterState>(state =>
        {
            foreach (var member in state.Members)
                _view.Put(member);
            RunIfOldest();
        });
        Receive<ClusterEvent.IMemberEvent>(MemberChanged);
        Receive<ClusterEvent.ClusterShuttingDown>(_ => Context.Stop(Self));
        Receive<Terminated>(_ => CoordinatorEnded());
        Receive<Rested>(_ =>
        {
            _resting = false;
            RunIfOldest();
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() =>
        _node.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsSnapshot);

    protected override void PostStop() => _node.Unsubscribe(Self);

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private void MemberChanged(ClusterEvent.IMemberEvent change)
    {
        var isSelf = change.Member.UniqueAddress.Equals(_node.Self);
        if (change is ClusterEvent.MemberRemoved)
            _view.Remove(change.Member);
        else
            _view.Put(change.Member);
        if (isSelf && change is ClusterEvent.MemberRemoved or ClusterEvent.MemberDowned)
            Context.Stop(Self);
        else
            RunIfOldest();
    }

    private void RunIfOldest()
    {
        if (_coordinator is not null || _resting || _view.Oldest is not { } oldest
            || !oldest.UniqueAddress.Equals(_node.Self))
            return;
        var epoch = new CoordinatorEpoch(oldest.UpNumber, _node.NextRun());
        _coordinator = Context.ActorOf(_coordinatorProps(epoch), Coordinator);
        Context.Watch(_coordinator);
    }

    private void CoordinatorEnded()
    {
        _log.Warning("The shard coordinator {0} stopped; it is started again after {1}.", Self, _failureBackoff);
        _coordinator = null;
        _resting = true;
        Timers.StartSingleTimer(nameof(Rested), Rested.Instance, _failureBackoff);
    }

    private sealed record Rested : INoSerializationVerificationNeeded
    {
        internal static readonly Rested Instance = new();
    }
}
