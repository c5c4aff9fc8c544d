using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>Starts regions, proxies and coordinators on one node, and ends them with the node.</summary>
internal sealed class ShardingLauncher
{
    private readonly ExtendedActorSystem _system;
    private readonly Cluster _cluster;
    private readonly ShardingNode _node;
    private readonly LocalActorRef _guardian;
    private readonly string _dispatcher;

    internal ShardingLauncher(ExtendedActorSystem system)
    {
        _system = system;
        var config = ShardingDefaults.Of(system);
        var name = config.GetString("guardian-name");
        _dispatcher = config.GetString("use-dispatcher", "") is { Length: > 0 } named
            ? named
            : "akka.actor.internal-dispatcher";
        _cluster = Cluster.Get(system);
        _node = new MemberNode(_cluster, name);
        _guardian = (LocalActorRef)system.SystemActorOf(Props.Create(() => new ShardingGuardian()), name);
    }

    internal static void Check(ClusterShardingSettings settings)
    {
        if (settings.RememberEntities && settings.RememberEntitiesStore != RememberEntitiesStore.Eventsourced)
            throw new ConfigurationException(
                $"{ShardingDefaults.Path}.remember-entities-store is {settings.RememberEntitiesStore}; this engine "
                + "has eventsourced only.");
        if (settings.LeaseSettings is not null)
            throw new ConfigurationException(
                $"{ShardingDefaults.Path}.use-lease is set; this engine has no lease for each shard. A member is "
                + "removed only when its shards have surely stopped, so leave it empty.");
    }

    internal bool Hosts(string? role) => role is null || _cluster.SelfRoles.Contains(role);

    internal IActorRef StartRegion(
        string typeName, Func<string, Props> entityProps, ClusterShardingSettings settings,
        IMessageExtractor extractor, IShardAllocationStrategy strategy, object stopMessage)
    {
        StartStrategy(strategy);
        Func<CoordinatorEpoch, Props> coordinatorProps = epoch => Props
            .Create(() => new ShardCoordinator(typeName, _node, settings, strategy, epoch))
            .WithDispatcher(_dispatcher);
        var host = StartChild(
            Props.Create(() => new CoordinatorHost(
                coordinatorProps, _node, settings.Role, settings.TuningParameters.CoordinatorFailureBackoff)),
            ShardingNode.CoordinatorName(typeName));
        var setup = new RegionSetup(
            typeName, entityProps, settings, new ExtractorAdapter(extractor), stopMessage, _node);
        var region = StartChild(Props.Create(() => new RegionActor(setup)), ShardingNode.Name(typeName));
        EndInPhase(
            CoordinatedShutdown.PhaseClusterShardingShutdownRegion, $"{typeName}-region", region,
            GracefulShutdown.Instance);
        EndInPhase(
            CoordinatedShutdown.PhaseClusterExiting, $"{typeName}-coordinator", host, PoisonPill.Instance);
        return region;
    }

    internal IActorRef StartProxy(string typeName, ClusterShardingSettings settings, IMessageExtractor extractor)
    {
        var setup = new RegionSetup(
            typeName, null, settings, new ExtractorAdapter(extractor), PoisonPill.Instance, _node);
        return StartChild(
            Props.Create(() => new RegionActor(setup)), ShardingNode.Name(typeName + "Proxy"));
    }

    private void StartStrategy(IShardAllocationStrategy strategy)
    {
        if (strategy is IStartableAllocationStrategy startable)
            startable.Start();
        if (strategy is IActorSystemDependentAllocationStrategy dependent)
            dependent.Start(_system);
    }

    private IActorRef StartChild(Props props, string name) =>
        _guardian.Cell.ActorOf(props.WithDispatcher(_dispatcher), name);

    private void EndInPhase(string phase, string name, IActorRef actor, object message)
    {
        var shutdown = CoordinatedShutdown.Get(_system);
        shutdown.AddTask(phase, name, async () =>
        {
            await actor.GracefulStop(shutdown.Timeout(phase), message);
            return Done.Instance;
        });
    }
}
