using Akka.Actor;
using Akka.Configuration;
using Akka.Coordination;
using Akka.Event;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>
/// Started on every node of a role, it runs the singleton as its child where it is the oldest member. No hand-over
/// needs to be agreed on: the next oldest becomes the oldest when its elder is removed, and a member is removed only
/// when what it ran has surely stopped. A node that leaves is not removed before its singleton has stopped. A
/// singleton that ends by itself stays ended until another node takes over.
/// </summary>
public sealed partial class ClusterSingletonManager : ReceiveActor
{
    private const int AskersMax = 10_000;

    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly HashSet<(IActorRef Asker, long Round)> _askers = [];
    private readonly TaskCompletionSource<Done> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Props _singletonProps;
    private readonly object _terminationMessage;
    private readonly ClusterSingletonManagerSettings _settings;
    private readonly RoleMembers _members;
    private readonly Lease? _lease;
    private IActorRef? _singleton;
    private ICancelable? _timer;

    public ClusterSingletonManager(
        Props singletonProps, object terminationMessage, ClusterSingletonManagerSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Role is { } role && !_cluster.SelfRoles.Contains(role))
            throw new ArgumentException(
                $"{_cluster.SelfAddress} does not have the role '{role}' of the singleton {Self.Path}; its manager "
                + "runs on nodes with that role only (akka.cluster.roles).", nameof(settings));
        if (settings.ConsiderAppVersion)
            throw new ConfigurationException(
                "akka.cluster.singleton.consider-app-version is on; this engine runs singletons on the oldest node, "
                + "whatever its version. Set it to off.");
        _singletonProps = singletonProps;
        _terminationMessage = terminationMessage;
        _settings = settings;
        _members = new RoleMembers(settings.Role);
        _lease = settings.LeaseSettings is { } usage ? LeaseFor(usage) : null;
        Younger();
    }

    public static Props Props(Props singletonProps, ClusterSingletonManagerSettings settings) =>
        Props(singletonProps, PoisonPill.Instance, settings);

    /// <param name="singletonProps">Of the actor that runs once.</param>
    /// <param name="terminationMessage">Told to it when its node leaves; it must stop then.</param>
    /// <param name="settings">Its name, the role of its nodes, its lease.</param>
    public static Props Props(
        Props singletonProps, object terminationMessage, ClusterSingletonManagerSettings settings) =>
        Actor.Props.Create(() => new ClusterSingletonManager(singletonProps, terminationMessage, settings))
            .WithDeploy(Deploy.Local);

    public static Config DefaultConfig() => ToolsDefaults.Config;

    protected override void PreStart()
    {
        if (_cluster.IsTerminated)
        {
            // Whoever starts it cannot know: the node may be removed in the same moment.
            _log.Warning("{0} runs no singleton: this node is no part of a cluster any more.", Self.Path);
            Context.Stop(Self);
            return;
        }

        _cluster.Subscribe(
            Self, ClusterEvent.InitialStateAsSnapshot, typeof(ClusterEvent.IMemberEvent),
            typeof(ClusterEvent.ClusterShuttingDown));
        var self = Self;
        CoordinatedShutdown.Get(Context.System).AddTask(
            CoordinatedShutdown.PhaseClusterExiting, $"stop singleton {Self.Path}", () =>
            {
                self.Tell(NodeLeaves.Instance, ActorRefs.NoSender);
                return _stopped.Task;
            });
    }

    protected override void PostStop()
    {
        _timer?.Cancel();
        _cluster.Unsubscribe(Self);
        Finish();
    }

    /// <summary>Not the oldest, as far as is known.</summary>
    private void Younger()
    {
        Receive<ClusterEvent.CurrentClusterState>(state =>
        {
            _members.Reset(state);
            Consider();
        });
        Receive<ClusterEvent.IMemberEvent>(change =>
        {
            Follow(change);
            if (change is ClusterEvent.MemberRemoved { PreviousStatus: MemberStatus.Down }
                && _settings.RemovalMargin > TimeSpan.Zero)
                After(_settings.RemovalMargin, MarginOver.Instance);
            else if (_timer is null)
                Consider();
        });
        Receive<MarginOver>(_ =>
        {
            _timer = null;
            Consider();
        });
        Receive<NodeLeaves>(_ => End());
        Always();
    }

    private void Oldest()
    {
        Receive<Terminated>(gone =>
        {
            _log.Info("Singleton {0} has ended; it is not started again on this node.", gone.ActorRef.Path);
            _singleton = null;
        });
        Receive<NodeLeaves>(_ => Leave());
        ReceiveLeaseLost();
        Always();
    }

    private void Stopping()
    {
        Receive<Terminated>(_ =>
        {
            _singleton = null;
            End();
        });
        Receive<GraceOver>(_ => StopSingleton("it has not ended in time after its termination message"));
        Receive<LeaseLost>(_ => StopSingleton("its lease is lost"));
        Receive<NodeLeaves>(_ => { });
        Always();
    }

    /// <summary>Nothing runs here any more and nothing will.</summary>
    private void Ended()
    {
        Receive<NodeLeaves>(_ => { });
        Receive<SingletonWanted>(_ => { });
        Receive<LeaseLost>(_ => { });
        Receive<LeaseAnswer>(_ => { });
        Always();
    }

    /// <summary>What every behaviour has last: it is asked only for what the others left.</summary>
    private void Always()
    {
        Receive<ClusterEvent.CurrentClusterState>(_members.Reset);
        Receive<ClusterEvent.IMemberEvent>(Follow);
        Receive<ClusterEvent.ClusterShuttingDown>(_ => Context.Stop(Self));
        Receive<SingletonWanted>(Answer);
        // Of a time that is over.
        Receive<MarginOver>(_ => { });
        Receive<GraceOver>(_ => { });
        Receive<AskForLease>(_ => { });
    }

    private void Follow(ClusterEvent.IMemberEvent change)
    {
        _members.Apply(change);
        if (!change.Member.UniqueAddress.Equals(_cluster.SelfUniqueAddress))
            return;
        if (change is ClusterEvent.MemberExited)
            Self.Tell(NodeLeaves.Instance);
        else if (change is ClusterEvent.MemberDowned or ClusterEvent.MemberRemoved)
            Context.Stop(Self); // and with it the singleton, without further ado
    }

    private void Consider()
    {
        // The events of one change come one by one; the state has all of them.
        var current = new RoleMembers(_settings.Role);
        current.Reset(_cluster.State);
        if (!IsSelf(_members.Oldest) || !IsSelf(current.Oldest))
            return;
        if (_lease is null)
            Start();
        else
            Acquire();
    }

    private bool IsSelf(Member? oldest) =>
        oldest is { Status: MemberStatus.Up or MemberStatus.Leaving }
        && oldest.UniqueAddress.Equals(_cluster.SelfUniqueAddress);

    private void Start()
    {
        _log.Info("Starting singleton {0} on {1}", Self.Path / _settings.SingletonName, _cluster.SelfAddress);
        _singleton = Context.Watch(Context.ActorOf(_singletonProps, _settings.SingletonName));
        foreach (var (asker, round) in _askers)
            asker.Tell(new ActorIdentity(round, _singleton));
        _askers.Clear();
        Become(Oldest);
    }

    private void Answer(SingletonWanted wanted)
    {
        if (_singleton is not null)
            Sender.Tell(new ActorIdentity(wanted.Round, _singleton));
        else if (_askers.Count < AskersMax)
            _askers.Add((Sender, wanted.Round));
    }

    private void Leave()
    {
        if (_singleton is null)
        {
            End();
            return;
        }

        _log.Info("This node leaves; its singleton {0} is told to end.", _singleton.Path);
        // Before the phase is over and the node counts as stopped, it must have ended.
        var phase = CoordinatedShutdown.Get(Context.System).Timeout(CoordinatedShutdown.PhaseClusterExiting);
        After(phase * 0.8, GraceOver.Instance);
        _singleton.Tell(_terminationMessage);
        Become(Stopping);
    }

    private void StopSingleton(string reason)
    {
        _log.Warning("Stopping singleton {0} at once: {1}.", _singleton!.Path, reason);
        Context.Stop(_singleton);
    }

    private void End()
    {
        _askers.Clear();
        _timer?.Cancel();
        Become(Ended);
        Finish();
    }

    private void After(TimeSpan delay, object message)
    {
        _timer?.Cancel();
        _timer = Context.System.Scheduler.ScheduleTellOnceCancelable(delay, Self, message, Self);
    }

    private sealed class NodeLeaves
    {
        internal static readonly NodeLeaves Instance = new();
    }

    private sealed class MarginOver
    {
        internal static readonly MarginOver Instance = new();
    }

    private sealed class GraceOver
    {
        internal static readonly GraceOver Instance = new();
    }
}
