using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding.Internal;
using Akka.Configuration;

namespace Akka.Cluster.Sharding;

/// <summary>
/// Entities spread over the nodes of a cluster: told by id through a region, started when they are first told
/// something, each of them running at most once.
/// </summary>
public class ClusterSharding : IExtension
{
    private readonly object _gate = new();
    private readonly ShardingLauncher _launcher;
    private ImmutableDictionary<string, IActorRef> _regions = ImmutableDictionary<string, IActorRef>.Empty;
    private ImmutableDictionary<string, IActorRef> _proxies = ImmutableDictionary<string, IActorRef>.Empty;

    public ClusterSharding(ExtendedActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        Settings = ClusterShardingSettings.Create(system);
        _launcher = new ShardingLauncher(system);
    }

    public ClusterShardingSettings Settings { get; }

    /// <summary>The types that this node hosts.</summary>
    public ImmutableHashSet<string> ShardTypeNames => [.. Volatile.Read(ref _regions).Keys];

    public static ClusterSharding Get(ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        return new ClusterShardingExtensionProvider().Apply(system);
    }

    public static Config DefaultConfig() => ShardingDefaults.Config;

    public IActorRef Start(
        string typeName, Props entityProps, ClusterShardingSettings settings, IMessageExtractor messageExtractor) =>
        Start(typeName, _ => entityProps, settings, messageExtractor);

    public IActorRef Start(
        string typeName, Props entityProps, ClusterShardingSettings settings, IMessageExtractor messageExtractor,
        IShardAllocationStrategy allocationStrategy, object handOffMessage) =>
        Start(typeName, _ => entityProps, settings, messageExtractor, allocationStrategy, handOffMessage);

    public IActorRef Start(
        string typeName, Func<string, Props> entityPropsFactory, ClusterShardingSettings settings,
        IMessageExtractor messageExtractor) =>
        Start(
            typeName, entityPropsFactory, settings, messageExtractor, DefaultShardAllocationStrategy(settings),
            PoisonPill.Instance);

    /// <summary>
    /// Starts this node's part for a type; the same when it runs already. On a node without the role it is a proxy.
    /// </summary>
    /// <param name="typeName">The same on all nodes.</param>
    /// <param name="entityPropsFactory">How the entity with that id is made.</param>
    /// <param name="settings">The same on all nodes.</param>
    /// <param name="messageExtractor">Whom a message is for; the same on all nodes.</param>
    /// <param name="allocationStrategy">Where shards go.</param>
    /// <param name="handOffMessage">
    /// Told to an entity that must stop because its shard moves or because it is idle.
    /// </param>
    public IActorRef Start(
        string typeName, Func<string, Props> entityPropsFactory, ClusterShardingSettings settings,
        IMessageExtractor messageExtractor, IShardAllocationStrategy allocationStrategy, object handOffMessage)
    {
        ArgumentException.ThrowIfNullOrEmpty(typeName);
        ArgumentNullException.ThrowIfNull(entityPropsFactory);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(messageExtractor);
        ArgumentNullException.ThrowIfNull(allocationStrategy);
        ArgumentNullException.ThrowIfNull(handOffMessage);
        ShardingLauncher.Check(settings);
        if (!_launcher.Hosts(settings.Role))
            return StartProxy(typeName, settings.Role!, messageExtractor);
        lock (_gate)
        {
            if (_regions.TryGetValue(typeName, out var known))
                return known;
            var region = _launcher.StartRegion(
                typeName, entityPropsFactory, settings, messageExtractor, allocationStrategy, handOffMessage);
            _regions = _regions.Add(typeName, region);
            return region;
        }
    }

    public Task<IActorRef> StartAsync(
        string typeName, Props entityProps, ClusterShardingSettings settings, IMessageExtractor messageExtractor) =>
        Task.FromResult(Start(typeName, entityProps, settings, messageExtractor));

    public Task<IActorRef> StartAsync(
        string typeName, Props entityProps, ClusterShardingSettings settings, IMessageExtractor messageExtractor,
        IShardAllocationStrategy allocationStrategy, object handOffMessage) => Task.FromResult(
            Start(typeName, entityProps, settings, messageExtractor, allocationStrategy, handOffMessage));

    public Task<IActorRef> StartAsync(
        string typeName, Func<string, Props> entityPropsFactory, ClusterShardingSettings settings,
        IMessageExtractor messageExtractor) =>
        Task.FromResult(Start(typeName, entityPropsFactory, settings, messageExtractor));

    public Task<IActorRef> StartAsync(
        string typeName, Func<string, Props> entityPropsFactory, ClusterShardingSettings settings,
        IMessageExtractor messageExtractor, IShardAllocationStrategy allocationStrategy, object handOffMessage) =>
        Task.FromResult(
            Start(typeName, entityPropsFactory, settings, messageExtractor, allocationStrategy, handOffMessage));

    /// <summary>Lets this node talk to the entities of a type without hosting any.</summary>
    /// <param name="typeName">The same as on the nodes that host it.</param>
    /// <param name="role">The role of those nodes; null: all have it.</param>
    /// <param name="messageExtractor">The same as on the nodes that host it.</param>
    public IActorRef StartProxy(string typeName, string role, IMessageExtractor messageExtractor)
    {
        ArgumentException.ThrowIfNullOrEmpty(typeName);
        ArgumentNullException.ThrowIfNull(messageExtractor);
        lock (_gate)
        {
            if (_proxies.TryGetValue(typeName, out var known))
                return known;
            var proxy = _launcher.StartProxy(typeName, Settings.WithRole(role), messageExtractor);
            _proxies = _proxies.Add(typeName, proxy);
            return proxy;
        }
    }

    public Task<IActorRef> StartProxyAsync(string typeName, string role, IMessageExtractor messageExtractor) =>
        Task.FromResult(StartProxy(typeName, role, messageExtractor));

    /// <summary>This node's part for a type, or its proxy.</summary>
    /// <exception cref="ArgumentException">Neither was started.</exception>
    public IActorRef ShardRegion(string typeName) =>
        Volatile.Read(ref _regions).GetValueOrDefault(typeName)
        ?? Volatile.Read(ref _proxies).GetValueOrDefault(typeName)
        ?? throw NotStarted("type", typeName, _regions.Keys.Concat(_proxies.Keys));

    /// <exception cref="ArgumentException">It was not started.</exception>
    public IActorRef ShardRegionProxy(string typeName) =>
        Volatile.Read(ref _proxies).GetValueOrDefault(typeName)
        ?? throw NotStarted("proxy", typeName, _proxies.Keys);

    public IShardAllocationStrategy DefaultShardAllocationStrategy(ClusterShardingSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var tuning = settings.TuningParameters;
        return ShardAllocationStrategy.LeastShardAllocationStrategy(
            tuning.LeastShardAllocationAbsoluteLimit, tuning.LeastShardAllocationRelativeLimit);
    }

    private static ArgumentException NotStarted(string what, string typeName, IEnumerable<string> started) => new(
        $"Shard {what} [{typeName}] must be started first. Started: [{string.Join(", ", started.Order())}].",
        nameof(typeName));
}
