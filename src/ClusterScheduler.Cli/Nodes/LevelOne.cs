using Akka.Actor;
using ClusterScheduler.Framework;
using ClusterScheduler.Master;
using ClusterScheduler.Runtime.Entities;

namespace ClusterScheduler.Cli.Nodes;

/// <summary>The master and the entities of frameworks and tasks, all in one actor system.</summary>
internal static class LevelOne
{
    /// <summary>Starts them, and says where they are.</summary>
    /// <returns>Where schedulers speak to their frameworks.</returns>
    public static IActorRef Start(ActorSystem system, ClusterSettings settings)
    {
        var frameworks = system.StartFrameworks(settings.Framework);
        var tasks = system.StartTasks(settings.TaskRetry);
        ClusterRefs.Of(system).Set(system.StartMaster(settings.Master), frameworks, tasks);
        return frameworks;
    }
}
