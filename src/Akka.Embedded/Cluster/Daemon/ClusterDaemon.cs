using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Cluster.Joining;
using Akka.Cluster.Leading;
using Akka.Cluster.Lists;
using Akka.Cluster.Stores;
using Akka.Cluster.Wire;
using Akka.Event;

namespace Akka.Cluster.Daemon;

/// <summary>
/// Membership of this node, under <c>/system/cluster</c>: joins, keeps its member lease, leads when it has the leader
/// lease, and ends. The parts are in files of their own; here is who gets what.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "PostStop is the end of it.")]
internal sealed partial class ClusterDaemon : ReceiveActor
{
    private readonly Cluster _cluster;
    private readonly NodeContext _node;
    private readonly ClusterPublisher _publisher;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly ICancelable _ticking;
    private readonly List<Action> _whenUp = [];
    private readonly List<Action> _whenRemoved = [];
    private readonly HashSet<Address> _toLeave = [];
    private readonly HashSet<Address> _toDown = [];
    private MemberLease _lease = new();
    private JoinAttempt? _join;
    private Candidacy? _candidacy;
    private Leadership? _leadership;
    private LeaderState? _lastTerm;
    private IMembershipStore? _database;
    private UniqueAddress? _leader;
    private long _epoch;

    public ClusterDaemon(Cluster cluster, EmbeddedSettings settings, MembershipSetup setup)
    {
        _cluster = cluster;
        _node = new NodeContext(cluster, settings, setup, _log, Self);
        _publisher = new ClusterPublisher(cluster.SelfUniqueAddress);
        ReceiveFromThisNode();
        ReceiveFromStore();
        ReceiveFromOthers();
        var interval = TimeSpan.FromTicks(Math.Clamp(
            settings.HeartbeatInterval.Ticks / 5, 20 * TimeSpan.TicksPerMillisecond,
            200 * TimeSpan.TicksPerMillisecond));
        _ticking = Context.System.Scheduler.ScheduleTellRepeatedlyCancelable(
            interval, interval, Self, Tick.Instance, ActorRefs.NoSender);
    }

    private UniqueAddress Me => _cluster.SelfUniqueAddress;

    private MemberList List => _publisher.View.List;

    private MemberEntry? OwnEntry => List.Find(Me);

    private bool IsMember => !_cluster.IsTerminated && OwnEntry is not null;

    /// <summary>A process that was frozen looks at its lease before it does anything else.</summary>
    protected override bool AroundReceive(Receive receive, object message)
    {
        if (IsMember && _lease.IsOver(_node.Now))
            EndAsDown("its member lease ran out before the leader answered");
        try
        {
            return base.AroundReceive(receive, message);
        }
        catch (Exception failure)
        {
            // What it knows of the cluster may be wrong now: this run ends, the next one starts anew.
            _log.Error(failure, "The membership of {0} failed: {1}", Me.Address, failure.Message);
            EndAsDown("its membership failed");
            return true;
        }
    }

    protected override void PreStart()
    {
        if (!_cluster.Settings.SeedNodes.IsEmpty)
            Self.Tell(new JoinNodes([.. _cluster.Settings.SeedNodes]));
    }

    protected override void PostStop()
    {
        _ticking.Cancel();
        _cluster.MarkTerminated();
        _candidacy?.Dispose();
        if (_candidacy is null)
            _database?.Dispose();
        CallAll(_whenRemoved);
    }

    private void ReceiveFromThisNode()
    {
        Receive<Tick>(_ => OnTick());
        Receive<JoinNodes>(Join);
        Receive<LeaveNode>(leave => Leave(leave.Address));
        Receive<DownNode>(down => Down(down.Address));
        Receive<SubscribeToCluster>(subscription =>
        {
            Context.Watch(subscription.Subscriber);
            _publisher.Subscribe(subscription);
        });
        Receive<UnsubscribeFromCluster>(each => _publisher.Unsubscribe(each.Subscriber, each.Type));
        Receive<Terminated>(ended => _publisher.Unsubscribe(ended.ActorRef, null));
        Receive<SendState>(each => _publisher.SendState(each.Receiver));
        Receive<CallWhenUp>(AddWhenUp);
        Receive<CallWhenRemoved>(AddWhenRemoved);
        Receive<BeginLeaving>(OnBeginLeaving);
        Receive<ConfirmStopped>(OnConfirmStopped);
        Receive<EndMembership>(OnEndMembership);
    }

    private void ReceiveFromStore()
    {
        Receive<StoreOpened>(OnStoreOpened);
        Receive<LeaderFound>(OnLeaderFound);
        Receive<OwnAddressAsked>(OnOwnAddressAsked);
        Receive<ClaimTried>(OnClaimTried);
        Receive<ClaimFailed>(failed => _candidacy!.Failed(failed.Failure));
        Receive<LeaseLost>(_ => StepDownIfLost());
        Receive<LeaseReleased>(_ => OnLeaseReleased());
        Receive<ListWritten>(OnListWritten);
        Receive<RemovedFromStore>(_ => OnRemoved("the store does not have it any more"));
    }

    private void ReceiveFromOthers()
    {
        Receive<JoinRequest>(OnJoinRequest);
        Receive<AskInstead>(OnAskInstead);
        Receive<JoinRefused>(OnJoinRefused);
        Receive<ConnectionRefused>(OnConnectionRefused);
        Receive<WhoIsThere>(who => _node.Send(who.Asking.Address, new HereIs(Me)));
        Receive<HereIs>(here => _leadership?.Take(here));
        Receive<FullList>(OnFullList);
        Receive<ListChanges>(OnListChanges);
        Receive<Heartbeat>(OnHeartbeat);
        Receive<LeaseGranted>(OnLeaseGranted);
        Receive<NotMember>(OnNotMember);
        Receive<LeaderHere>(here => Adopt(here.Epoch, here.Leader));
        Receive<LeaderResigned>(OnLeaderResigned);
        Receive<LeaveRequest>(leave => _leadership?.Leave(leave.Address));
        Receive<DownRequest>(down => _leadership?.Down(down.Address));
        Receive<Stopped>(stopped => _leadership?.Take(stopped));
    }

    private void OnTick()
    {
        if (_cluster.IsTerminated)
        {
            ConfirmAgain();
            return;
        }

        if (_leadership is not null)
            Lead(_leadership);
        else if (_join is not null)
            Pursue(_join);
        else if (IsMember)
            Follow();
    }
}
