using Akka.Pattern;

namespace ClusterScheduler.Master;

/// <summary>Starts the master on a node that is alone.</summary>
public static class MasterRegistration
{
    /// <summary>
    /// The master under its supervisor: a failed write stops it, and it comes back by recovery, under a later epoch.
    /// </summary>
    public static IActorRef StartMaster(this ActorSystem system, MasterOptions options) => system.ActorOf(
        BackoffSupervisor.Props(Akka.Pattern.Backoff.OnStop(
            MasterActor.Props(options), "instance",
            minBackoff: TimeSpan.FromMilliseconds(100), maxBackoff: TimeSpan.FromSeconds(10),
            randomFactor: 0.2, maxNrOfRetries: -1)),
        "master");
}
