using Akka.Cluster.Tools.Singleton;
using Akka.Coordination;

namespace ClusterScheduler.Runtime.Members;

/// <summary>Parts of which the cluster has one: the master, the service scheduler.</summary>
public static class SingletonParts
{
    /// <summary>HOCON path of the lease without which a master does not start.</summary>
    public const string LeasePath = "akka.coordination.lease.csched";

    private const string Instance = "instance";

    /// <summary>
    /// Starts it on the oldest node of the role, and on the next oldest when that is gone. It is ended with a
    /// PoisonPill, which reaches even a supervisor whose child is recovering or waits to be started again.
    /// </summary>
    /// <param name="system">A node of the role.</param>
    /// <param name="part">The part under its supervisor: a singleton that stops by itself stays away.</param>
    /// <param name="name">Of the part, below /user.</param>
    /// <param name="role">Nodes that may run it.</param>
    /// <param name="leaseRetry">
    /// It needs the lease of <see cref="LeasePath"/>, asked for again after this; none: no lease.
    /// </param>
    public static IActorRef StartSingleton(
        this ActorSystem system, Props part, string name, string role, TimeSpan? leaseRetry = null)
    {
        var settings = ClusterSingletonManagerSettings.Create(system).WithSingletonName(Instance).WithRole(role);
        if (leaseRetry is { } retry)
        {
            settings = settings.WithLeaseSettings(new LeaseUsageSettings(LeasePath, retry));
        }

        return system.ActorOf(ClusterSingletonManager.Props(part, PoisonPill.Instance, settings), name);
    }

    /// <summary>Finds the part from any node; keeps what is said to it while there is none.</summary>
    /// <param name="system">Any node.</param>
    /// <param name="name">Of the part.</param>
    /// <param name="role">Nodes that may run it.</param>
    /// <param name="bufferMax">Messages that are kept; then the oldest go.</param>
    public static IActorRef StartSingletonProxy(
        this ActorSystem system, string name, string role, int bufferMax) => system.ActorOf(
        ClusterSingletonProxy.Props($"/user/{name}", ClusterSingletonProxySettings.Create(system)
            .WithSingletonName(Instance).WithRole(role).WithBufferSize(bufferMax)),
        $"{name}-proxy");
}
