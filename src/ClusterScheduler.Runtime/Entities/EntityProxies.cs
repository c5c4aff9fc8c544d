using Akka.Cluster.Sharding;

namespace ClusterScheduler.Runtime.Entities;

/// <summary>Finds entities from a member that hosts none.</summary>
public static class EntityProxies
{
    /// <summary>Takes messages to frameworks' entities, wherever they are.</summary>
    public static IActorRef StartFrameworksProxy(this ActorSystem system, int shards) =>
        ClusterSharding.Get(system).StartProxy(
            ClusterNames.Frameworks, ClusterNames.FrameworkRole, new FrameworkExtractor(shards));

    /// <summary>Takes messages to tasks' entities, wherever they are.</summary>
    public static IActorRef StartTasksProxy(this ActorSystem system, int shards) =>
        ClusterSharding.Get(system).StartProxy(
            ClusterNames.Tasks, ClusterNames.FrameworkRole, new TaskExtractor(shards));
}
