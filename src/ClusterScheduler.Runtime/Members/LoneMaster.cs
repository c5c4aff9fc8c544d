using Akka.Cluster;
using Akka.Event;
using ClusterScheduler.Runtime.Entities;

namespace ClusterScheduler.Runtime.Members;

/// <summary>
/// Ends the actor system of a node that may have the master, when it has lost all others of its kind and no master
/// comes into office: they may have gone on without it, and the lease is theirs. Ended, it can look for them. With
/// patience p that takes p to 2p; a node that has not known others stays, whatever its store does.
/// </summary>
public sealed class LoneMaster : ReceiveActor, IWithTimers
{
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly HashSet<UniqueAddress> _others = [];
    private readonly IActorRef _master;
    private readonly TimeSpan _patience;
    private bool _knowsOthers;
    private bool _isAsked;

    /// <param name="master">Finds the master, wherever it is.</param>
    /// <param name="patience">How long the master may take to answer.</param>
    /// <param name="knowsOthers">Whether this process has met others in an earlier life.</param>
    public LoneMaster(IActorRef master, TimeSpan patience, bool knowsOthers)
    {
        (_master, _patience, _knowsOthers) = (master, patience, knowsOthers);
        Receive<ClusterEvent.CurrentClusterState>(state =>
        {
            foreach (var member in state.Members)
            {
                Meet(member);
            }

            Look();
        });
        Receive<ClusterEvent.MemberRemoved>(gone =>
        {
            if (_others.Remove(gone.Member.UniqueAddress))
            {
                Look();
            }
        });
        Receive<ClusterEvent.IMemberEvent>(change =>
        {
            if (Meet(change.Member))
            {
                Look();
            }
        });
        Receive<MasterProtocol.MasterIdentity>(_ => _isAsked = false);
        Receive<Due>(_ => Ask());
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>For a member of the role master, on an engine whose nodes can found a second cluster.</summary>
    public static Props Props(IActorRef master, TimeSpan patience, bool knowsOthers) =>
        Akka.Actor.Props.Create(() => new LoneMaster(master, patience, knowsOthers));

    /// <inheritdoc/>
    protected override void PreStart() => _cluster.Subscribe(
        Self, ClusterEvent.InitialStateAsSnapshot, typeof(ClusterEvent.IMemberEvent));

    /// <inheritdoc/>
    protected override void PostStop() => _cluster.Unsubscribe(Self);

    private bool Meet(Member member)
    {
        if (!member.HasRole(ClusterNames.MasterRole) || member.UniqueAddress == _cluster.SelfUniqueAddress)
        {
            return false;
        }

        _knowsOthers = true;
        return _others.Add(member.UniqueAddress);
    }

    private void Look()
    {
        _isAsked = false;
        if (_knowsOthers && _others.Count == 0)
        {
            Timers.StartPeriodicTimer(Due.Instance, Due.Instance, _patience);
        }
        else
        {
            Timers.Cancel(Due.Instance);
        }
    }

    private void Ask()
    {
        if (_isAsked)
        {
            Timers.Cancel(Due.Instance);
            _log.Warning("no other master is a member, and none comes into office here: this member ends, and may "
                + "find the others");
            CoordinatedShutdown.Get(Context.System).Run(CoordinatedShutdown.ClusterDowningReason.Instance);
            return;
        }

        _isAsked = true;
        _master.Tell(new MasterProtocol.IdentifyMaster());
    }

    private sealed record Due : INoSerializationVerificationNeeded
    {
        public static Due Instance { get; } = new();
    }
}
