using Akka.Cluster.Sharding;
using ClusterScheduler.Framework.Frameworks;
using ClusterScheduler.Framework.Tasks;

namespace ClusterScheduler.Framework;

/// <summary>Starts the entities of level two: all on a node that is alone, or those that fall to a member.</summary>
public static class EntityRegistration
{
    // One node hosts every entity, so the number of shards only names them.
    private const int ShardsAlone = 100;
    private const int LeavingBufferMax = 1_000;

    /// <summary>Hosts the frameworks' entities.</summary>
    public static IActorRef StartFrameworks(this ActorSystem system, FrameworkOptions options) => system.ActorOf(
        EntityParent.Props(
            new FrameworkExtractor(ShardsAlone), id => FrameworkActor.Props(id, options), LeavingBufferMax),
        ClusterNames.Frameworks);

    /// <summary>Hosts the tasks' entities.</summary>
    public static IActorRef StartTasks(this ActorSystem system, Backoff backoff) => system.ActorOf(
        EntityParent.Props(new TaskExtractor(ShardsAlone), id => TaskActor.Props(id, backoff), LeavingBufferMax),
        ClusterNames.Tasks);

    /// <summary>
    /// Hosts this member's share of the frameworks' entities. They are remembered: one that has to move is started
    /// where it goes without being asked, and wakes those of its tasks that have something to do.
    /// </summary>
    public static IActorRef ShardFrameworks(this ActorSystem system, FrameworkOptions options, int shards) =>
        ClusterSharding.Get(system).Start(
            ClusterNames.Frameworks, id => FrameworkActor.Props(id, options),
            SettingsOf(system).WithRememberEntities(true), new FrameworkExtractor(shards));

    /// <summary>Hosts this member's share of the tasks' entities.</summary>
    public static IActorRef ShardTasks(this ActorSystem system, Backoff backoff, int shards) =>
        ClusterSharding.Get(system).Start(
            ClusterNames.Tasks, id => TaskActor.Props(id, backoff),
            SettingsOf(system).WithRememberEntities(false), new TaskExtractor(shards));

    private static ClusterShardingSettings SettingsOf(ActorSystem system) =>
        ClusterShardingSettings.Create(system).WithRole(ClusterNames.FrameworkRole);
}
