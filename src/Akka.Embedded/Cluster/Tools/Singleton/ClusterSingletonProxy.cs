using Akka.Actor;
using Akka.Configuration;
using Akka.Event;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>
/// Passes messages on to a singleton, wherever it runs. While that is not known, it keeps as many as it may and sends
/// them in order as soon as it is. Messages that were on their way to a node that failed are lost.
/// </summary>
public sealed class ClusterSingletonProxy : ReceiveActor
{
    private readonly Cluster _cluster = Cluster.Get(Context.System);
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly string _managerPath;
    private readonly ClusterSingletonProxySettings _settings;
    private readonly RoleMembers _members;
    private readonly WaitingMessages _waiting;
    private IActorRef? _singleton;
    private UniqueAddress? _node;
    private ICancelable? _timer;
    private long _round;

    /// <param name="singletonManagerPath">Of the manager on each node, without address: <c>/user/name</c>.</param>
    /// <param name="settings">The same role and name as the manager has.</param>
    public ClusterSingletonProxy(string singletonManagerPath, ClusterSingletonProxySettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (singletonManagerPath?.StartsWith('/') != true)
            throw new ArgumentException(
                $"'{singletonManagerPath}' is not the path of a singleton's manager; it begins with '/', as in "
                + "/user/master.", nameof(singletonManagerPath));
        _managerPath = singletonManagerPath.TrimEnd('/');
        _settings = settings;
        _members = new RoleMembers(settings.Role);
        _waiting = new WaitingMessages(settings.BufferSize, Self, Context.System.EventStream);
        Passing();
    }

    public static Props Props(string singletonManagerPath, ClusterSingletonProxySettings settings) =>
        Actor.Props.Create(() => new ClusterSingletonProxy(singletonManagerPath, settings)).WithDeploy(Deploy.Local);

    public static Config DefaultConfig() => ToolsDefaults.Config;

    protected override void PreStart()
    {
        var interval = _settings.SingletonIdentificationInterval;
        _timer = Context.System.Scheduler.ScheduleTellRepeatedlyCancelable(
            interval, interval, Self, LookAgain.Instance, Self);
        _cluster.Subscribe(Self, ClusterEvent.InitialStateAsSnapshot, typeof(ClusterEvent.IMemberEvent));
    }

    protected override void PostStop()
    {
        _timer?.Cancel();
        _cluster.Unsubscribe(Self);
        _waiting.Lose("its proxy has ended");
    }

    private void Passing()
    {
        Receive<ClusterEvent.CurrentClusterState>(state =>
        {
            _members.Reset(state);
            Follow();
        });
        Receive<ClusterEvent.IMemberEvent>(change =>
        {
            _members.Apply(change);
            Follow();
        });
        Receive<ActorIdentity>(found => found.Subject is not null && found.MessageId is long, Found);
        Receive<ActorIdentity>(_ => { });
        Receive<Terminated>(gone =>
        {
            if (!gone.ActorRef.Equals(_singleton))
                return;
            _singleton = null;
            Look();
        });
        Receive<LookAgain>(_ => Look());
        ReceiveAny(message =>
        {
            if (_singleton is not null)
                _singleton.Forward(message);
            else
                _waiting.Add(message, Sender);
        });
    }

    private void Follow()
    {
        var node = _members.Oldest?.UniqueAddress;
        if (Equals(node, _node))
            return;
        _node = node;
        if (_singleton is not null)
            Context.Unwatch(_singleton);
        _singleton = null;
        _round++;
        Look();
    }

    /// <summary>
    /// Asks twice: whoever has the singleton's path answers now; the manager answers when it has started it.
    /// </summary>
    private void Look()
    {
        if (_singleton is not null || _node is null)
            return;
        var manager = $"{_node.Address}{_managerPath}";
        Context.ActorSelection($"{manager}/{_settings.SingletonName}").Tell(new Identify(_round));
        Context.ActorSelection(manager).Tell(new SingletonWanted(_round));
    }

    private void Found(ActorIdentity found)
    {
        if (_singleton is not null || (long)found.MessageId != _round)
            return;
        _singleton = Context.Watch(found.Subject!);
        var (kept, lost) = _waiting.Empty();
        _log.Info(
            "Singleton {0} runs on {1}; {2} messages have waited for it", _managerPath, _node!.Address, kept.Count);
        if (lost > 0)
            _log.Warning(
                "{0} messages to singleton {1} were dropped while it was not there: buffer-size is {2}.", lost,
                _managerPath, _settings.BufferSize);
        foreach (var (message, sender) in kept)
            _singleton.Tell(message, sender);
    }

    private sealed class LookAgain
    {
        internal static readonly LookAgain Instance = new();
    }
}
