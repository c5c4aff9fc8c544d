using Akka.Pattern;
using ClusterScheduler.Runtime.Members;

namespace ClusterScheduler.Master;

/// <summary>Starts the master: alone, or as the one of a cluster.</summary>
public static class MasterRegistration
{
    /// <summary>On a node that is alone.</summary>
    public static IActorRef StartMaster(this ActorSystem system, MasterOptions options) =>
        system.ActorOf(Supervised(options), ClusterNames.Master);

    /// <summary>On a node of the role <c>master</c>: on one of them it runs, under the lease.</summary>
    /// <param name="system">The node.</param>
    /// <param name="options">Of the master.</param>
    /// <param name="leaseRetry">How long until the lease is asked for again when another has it.</param>
    public static IActorRef StartMasterSingleton(
        this ActorSystem system, MasterOptions options, TimeSpan leaseRetry) =>
        system.StartSingleton(Supervised(options), ClusterNames.Master, ClusterNames.MasterRole, leaseRetry);

    /// <summary>
    /// A failed write stops the master, and it comes back by recovery, under a later epoch.
    /// </summary>
    private static Props Supervised(MasterOptions options) => BackoffSupervisor.Props(Akka.Pattern.Backoff.OnStop(
        MasterActor.Props(options), "instance",
        minBackoff: TimeSpan.FromMilliseconds(100), maxBackoff: TimeSpan.FromSeconds(10),
        randomFactor: 0.2, maxNrOfRetries: -1));
}
