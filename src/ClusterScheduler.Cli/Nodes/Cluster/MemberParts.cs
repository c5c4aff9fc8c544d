using Akka.Actor;
using ClusterScheduler.Framework;
using ClusterScheduler.Master;
using ClusterScheduler.Runtime.Entities;
using ClusterScheduler.Runtime.Members;
using ClusterScheduler.Services;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>Starts, on a member, the parts of its roles, and what finds the parts that are on others.</summary>
internal static class MemberParts
{
    /// <returns>What finds the service scheduler; none: the node was removed in the moment in which it had joined, and
    /// nothing is started on a system that is about to end.</returns>
    public static IActorRef? Start(ActorSystem system, MemberPlan plan)
    {
        if (Akka.Cluster.Cluster.Get(system).IsTerminated)
        {
            return null;
        }

        var settings = plan.Settings;
        var shards = settings.Cluster.Shards;
        var buffer = settings.Cluster.ProxyBuffer;

        // Proxies on every node, before any entity: one that is remembered may begin as soon as its region is there.
        var frameworks = system.StartFrameworksProxy(shards);
        ClusterRefs.Of(system).Set(
            system.StartSingletonProxy(ClusterNames.Master, ClusterNames.MasterRole, buffer),
            frameworks,
            system.StartTasksProxy(shards));
        system.ActorOf(MasterNews.Props(), MasterNews.Name);
        if (plan.Roles.Framework)
        {
            system.ShardTasks(settings.TaskRetry, shards);
            system.ShardFrameworks(settings.Framework, shards);
            system.StartServicesSingleton(frameworks, settings.Services);
        }

        if (plan.Roles.Master)
        {
            system.StartMasterSingleton(settings.Master, settings.Cluster.MasterLease / 4);
        }

        var services = system.StartSingletonProxy(ClusterNames.Services, ClusterNames.FrameworkRole, buffer);
        ClusterRefs.Of(system).SetServices(services);
        return services;
    }
}
