using Akka.Pattern;
using ClusterScheduler.Runtime.Entities;
using ClusterScheduler.Runtime.Members;

namespace ClusterScheduler.Services;

/// <summary>Starts the service scheduler: alone, or as the one of a cluster.</summary>
public static class ServicesRegistration
{
    /// <summary>On a node that is alone.</summary>
    public static IActorRef StartServices(
        this ActorSystem system, IActorRef frameworks, ServicesSettings settings) =>
        system.ActorOf(Supervised(frameworks, settings), ClusterNames.Services);

    /// <summary>On a node of the role <c>framework</c>: on one of them it runs.</summary>
    public static IActorRef StartServicesSingleton(
        this ActorSystem system, IActorRef frameworks, ServicesSettings settings) => system.StartSingleton(
        Supervised(frameworks, settings), ClusterNames.Services, ClusterNames.FrameworkRole);

    /// <summary>A failed write stops it, and it comes back by recovery.</summary>
    private static Props Supervised(IActorRef frameworks, ServicesSettings settings) =>
        BackoffSupervisor.Props(Backoff.OnStop(
            ServiceScheduler.Props(frameworks, settings), "instance",
            minBackoff: TimeSpan.FromMilliseconds(100), maxBackoff: TimeSpan.FromSeconds(10),
            randomFactor: 0.2, maxNrOfRetries: -1));
}
