using Akka.Actor;
using Akka.Cluster.Lists;
using Akka.Event;

namespace Akka.Cluster;

/// <summary>Membership of this node, under <c>/system/cluster</c>.</summary>
internal sealed class ClusterDaemon : ReceiveActor
{
    private readonly Cluster _cluster;
    private readonly ClusterPublisher _publisher;
    private readonly List<Action> _whenUp = [];
    private readonly List<Action> _whenRemoved = [];
    private readonly ILoggingAdapter _log = Context.GetLogger();

    public ClusterDaemon(Cluster cluster)
    {
        _cluster = cluster;
        _publisher = new ClusterPublisher(cluster.SelfUniqueAddress);
        Receive<JoinNodes>(Join);
        Receive<LeaveNode>(leave => End(leave.Address, MemberStatus.Leaving, MemberStatus.Exiting));
        Receive<DownNode>(down => End(down.Address, MemberStatus.Down));
        Receive<SubscribeToCluster>(subscription =>
        {
            Context.Watch(subscription.Subscriber);
            _publisher.Subscribe(subscription);
        });
        Receive<UnsubscribeFromCluster>(each => _publisher.Unsubscribe(each.Subscriber, each.Type));
        Receive<Terminated>(ended => _publisher.Unsubscribe(ended.ActorRef, null));
        Receive<SendState>(each => _publisher.SendState(each.Receiver));
        Receive<CallWhenUp>(CallWhenUp);
        Receive<CallWhenRemoved>(each => _whenRemoved.Add(each.Callback));
    }

    protected override void PreStart()
    {
        if (!_cluster.Settings.SeedNodes.IsEmpty)
            Self.Tell(new JoinNodes([.. _cluster.Settings.SeedNodes]));
    }

    protected override void PostStop()
    {
        _cluster.MarkTerminated();
        CallAll(_whenRemoved);
    }

    private void Join(JoinNodes join)
    {
        if (_cluster.IsTerminated || _publisher.View.List.Count > 0 || !join.Seeds.Contains(_cluster.SelfAddress))
            return;
        var settings = _cluster.Settings;
        var joining = new Member(
            _cluster.SelfUniqueAddress, Member.NotYetUp, MemberStatus.Joining, settings.Roles, settings.AppVersion);
        Put(joining);
        Put(joining.CopyUp(1));
        CallAll(_whenUp);
    }

    private void End(Address address, params MemberStatus[] steps)
    {
        if (address != _cluster.SelfAddress || _publisher.View.List.Find(address) is not { } self)
            return;
        foreach (var status in steps)
            Put(self.Member.With(status));
        Show(MemberList.Empty, null);
        _cluster.MarkTerminated();
        _publisher.Publish((ClusterEvent.IClusterDomainEvent)ClusterEvent.ClusterShuttingDown.Instance);
        CallAll(_whenRemoved);
    }

    private void CallWhenUp(CallWhenUp each)
    {
        _whenUp.Add(each.Callback);
        if (_cluster.IsUp)
            CallAll(_whenUp);
    }

    private void Put(Member member) => Show(
        MemberList.Of(_publisher.View.List.Version + 1, [new MemberEntry(member, true, true)]), _cluster.SelfAddress);

    private void Show(MemberList list, Address? leader) =>
        _publisher.Show(ClusterView.Of(list, leader, _cluster.SelfUniqueAddress), view => _cluster.View = view);

    private void CallAll(List<Action> callbacks)
    {
        foreach (var callback in callbacks.ToArray())
        {
            try
            {
                callback();
            }
            catch (Exception failure)
            {
                _log.Error(failure, "A callback about this node's membership failed: {0}", failure.Message);
            }
        }

        callbacks.Clear();
    }
}
