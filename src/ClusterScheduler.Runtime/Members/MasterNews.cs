using Akka.Cluster;

namespace ClusterScheduler.Runtime.Members;

/// <summary>
/// Takes the news that a master is in office to every node of the cluster, at once and again whenever the master
/// calls for agents that are missing, so that they need not wait until they miss its pings. One on each node, at the
/// same path. The node on which the master is tells all the others, and whoever joins or is reachable again later;
/// each of them says it on its own event stream.
/// </summary>
public sealed class MasterNews : ReceiveActor
{
    public const string Name = "master-news";

    private readonly Cluster cluster = Cluster.Get(Context.System);
    private AgentProtocol.MasterElected? newest;
    private bool isOurs;

    public MasterNews()
    {
        Receive<MasterTookOffice>(here => TakeForOurs(here.Epoch));
        Receive<AgentProtocol.MasterElected>(Hear);
        Receive<ClusterEvent.MemberUp>(up => Tell(up.Member));
        Receive<ClusterEvent.ReachableMember>(back => Tell(back.Member));
        Receive<ClusterEvent.CurrentClusterState>(_ => { });
    }

    public static Props Props() => Akka.Actor.Props.Create<MasterNews>();

    /// <inheritdoc/>
    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(MasterTookOffice));
        Context.System.EventStream.Subscribe(Self, typeof(AgentProtocol.MasterElected));
        cluster.Subscribe(Self, typeof(ClusterEvent.MemberUp), typeof(ClusterEvent.ReachableMember));
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        cluster.Unsubscribe(Self);
        Context.System.EventStream.Unsubscribe(Self);
    }

    private void TakeForOurs(MasterEpoch epoch)
    {
        if (newest is null || epoch > newest.Epoch)
        {
            newest = new AgentProtocol.MasterElected(epoch);
            isOurs = true;
        }
    }

    private void Hear(AgentProtocol.MasterElected elected)
    {
        if (newest is null || elected.Epoch > newest.Epoch)
        {
            newest = elected;
            isOurs = false;
            Context.System.EventStream.Publish(elected);
        }
        else if (isOurs && elected.Epoch == newest.Epoch)
        {
            // Our own master calls, and later calls again. On other nodes this is what was just published.
            newest = elected;
            foreach (var member in cluster.State.Members)
            {
                Tell(member);
            }
        }
    }

    private void Tell(Member member)
    {
        if (isOurs && newest is { } news && member.Address != cluster.SelfAddress)
        {
            Context.ActorSelection(new RootActorPath(member.Address) / "user" / Name)
                .Tell(news);
        }
    }
}
