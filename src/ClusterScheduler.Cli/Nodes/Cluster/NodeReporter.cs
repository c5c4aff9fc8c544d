using Akka.Actor;
using Akka.Cluster;
using ClusterScheduler.Agent.Agents;
using ClusterScheduler.Runtime.Entities;
using ClusterScheduler.Runtime.Members;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>Says on the node's output what changes in its cluster, and tells the node what ends it.</summary>
internal sealed class NodeReporter : ReceiveActor
{
    private readonly Akka.Cluster.Cluster _cluster = Akka.Cluster.Cluster.Get(Context.System);
    private readonly NodeLog _log;

    /// <param name="log">Where it is said.</param>
    /// <param name="known">Told of others that may have the master.</param>
    /// <param name="refused">Told when the master does not admit the node's agent.</param>
    public NodeReporter(NodeLog log, KnownMasters known, Action<AgentNews.Refused> refused)
    {
        _log = log;
        Receive<ClusterEvent.MemberUp>(up =>
        {
            AboutOthers(up.Member, $"is up ({Roles(up.Member)})");
            if (up.Member.Address != _cluster.SelfAddress && up.Member.Roles.Contains(ClusterNames.MasterRole))
            {
                known.Meet(up.Member.Address);
            }
        });
        Receive<ClusterEvent.MemberLeft>(left => AboutOthers(left.Member, "is leaving"));
        Receive<ClusterEvent.MemberDowned>(down => AboutOthers(down.Member, "is downed"));
        Receive<ClusterEvent.MemberRemoved>(gone => AboutOthers(gone.Member, "is removed"));
        Receive<ClusterEvent.UnreachableMember>(gone => AboutOthers(gone.Member, "is unreachable"));
        Receive<ClusterEvent.ReachableMember>(back => AboutOthers(back.Member, "is reachable again"));
        Receive<ClusterEvent.LeaderChanged>(changed => _log.Report(changed.Leader is { } leader
            ? $"leader of the cluster: {(leader == _cluster.SelfAddress ? "this node" : $"{leader}")}"
            : "the cluster has no leader"));
        Receive<MasterTookOffice>(master => _log.Report(
            $"the master is here, in office with epoch {master.Epoch.Value}, cluster {master.ClusterId}"));
        Receive<AgentNews.Registered>(agent => _log.Report(
            $"agent registered as {agent.AgentId}, session {agent.Session}"));
        Receive<AgentNews.Refused>(agent =>
        {
            _log.Report($"agent refused: {agent.Message}");
            refused(agent);
        });
        Receive<ClusterEvent.IMemberEvent>(_ => { });
    }

    public static Props Props(NodeLog log, KnownMasters known, Action<AgentNews.Refused> refused) =>
        Akka.Actor.Props.Create(() => new NodeReporter(log, known, refused));

    /// <inheritdoc/>
    protected override void PreStart()
    {
        _cluster.Subscribe(
            Self, ClusterEvent.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent),
            typeof(ClusterEvent.IReachabilityEvent), typeof(ClusterEvent.LeaderChanged));
        foreach (var news in new[] { typeof(MasterTookOffice), typeof(AgentNews) })
        {
            Context.System.EventStream.Subscribe(Self, news);
        }
    }

    /// <inheritdoc/>
    protected override void PostStop() => _cluster.Unsubscribe(Self);

    /// <summary>Agents may be thousands; what becomes of them the log has, and <c>csched agent list</c>.</summary>
    private void AboutOthers(Member member, string what)
    {
        if (member.Address != _cluster.SelfAddress && member.Roles.Any(role => role != ClusterNames.AgentRole))
        {
            _log.Report($"member {member.Address} {what}");
        }
    }

    private static string Roles(Member member) => string.Join(", ", member.Roles.Order(StringComparer.Ordinal));
}
