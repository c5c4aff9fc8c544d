using ClusterScheduler.Framework.Frameworks;
using ClusterScheduler.Framework.Tasks;

namespace ClusterScheduler.Framework;

/// <summary>Starts the entities of level two on a node that is alone.</summary>
public static class EntityRegistration
{
    // One node hosts every entity, so the number of shards only names them.
    private const int Shards = 100;
    private const int LeavingBufferMax = 1_000;

    /// <summary>Hosts the frameworks' entities.</summary>
    public static IActorRef StartFrameworks(this ActorSystem system, FrameworkOptions options) => system.ActorOf(
        EntityParent.Props(new FrameworkExtractor(Shards), id => FrameworkActor.Props(id, options), LeavingBufferMax),
        "frameworks");

    /// <summary>Hosts the tasks' entities.</summary>
    public static IActorRef StartTasks(this ActorSystem system, Backoff backoff) => system.ActorOf(
        EntityParent.Props(new TaskExtractor(Shards), id => TaskActor.Props(id, backoff), LeavingBufferMax),
        "tasks");
}
