namespace ClusterScheduler.Master;

/// <summary>Starts the master on a node that is alone.</summary>
public static class MasterRegistration
{
    /// <summary>The master; its refs must be set before anyone speaks to it.</summary>
    public static IActorRef StartMaster(this ActorSystem system, MasterOptions options) =>
        system.ActorOf(MasterActor.Props(options), "master");
}
