using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>
/// How a region finds the coordinator and talks to it. Only the latest coordinator is listened to: what an older one
/// said and that comes late changes nothing.
/// </summary>
internal sealed partial class RegionActor
{
    private IActorRef? _coordinator;
    private UniqueAddress? _coordinatorNode;
    private CoordinatorEpoch _epoch;

    private bool ReceiveOwn(object message)
    {
        switch (message)
        {
            case AskRegion ask:
                if (Adopt(ask.Epoch))
                    Sender.Tell(Registration());
                return true;
            case RegisterAck ack:
                if (Adopt(ack.Epoch))
                    Registered();
                return true;
            case BeginHandOffAck released:
                released.Coordinator.Tell(released);
                return true;
            case GivenBack back:
                GiveBack(back);
                return true;
            case RestartShard restart:
                Restart(restart.Shard);
                return true;
            case RegionTick tick:
                Ticked(tick);
                return true;
            default:
                if (Sender.Equals(_coordinator))
                    return ReceiveOrder(message);
                return true;
        }
    }

    private bool ReceiveOrder(object message)
    {
        switch (message)
        {
            case ShardHome home:
                HomeIs(home);
                return true;
            case HostShard host when !IsProxy:
                Host(RouteOf(host.Shard), host.Turn);
                return true;
            case BeginHandOff begin:
                Release(begin);
                return true;
            case HandOff handOff:
                StopShardOf(RouteOf(handOff.Shard), handOff.Turn);
                return true;
            default:
                return false;
        }
    }

    private bool ReceiveMembers(ClusterEvent.IClusterDomainEvent change)
    {
        switch (change)
        {
            case ClusterEvent.MemberRemoved or ClusterEvent.MemberDowned
                when ((ClusterEvent.IMemberEvent)change).Member.UniqueAddress.Equals(Node.Self):
            case ClusterEvent.ClusterShuttingDown:
                Context.Stop(Self);
                return true;
            case ClusterEvent.MemberRemoved removed:
                _view.Remove(removed.Member);
                NodeRemoved(removed.Member);
                break;
            case ClusterEvent.IMemberEvent member:
                _view.Put(member.Member);
                break;
            default:
                break;
        }

        if (_view.Oldest is { } oldest && !oldest.UniqueAddress.Equals(_coordinatorNode))
        {
            _coordinatorNode = oldest.UniqueAddress;
            LoseCoordinator();
        }
        else if (_coordinator is null)
        {
            FindCoordinator();
        }

        return true;
    }

    /// <summary>True when the sender is the coordinator to listen to from now on, or already was.</summary>
    private bool Adopt(CoordinatorEpoch epoch)
    {
        if (epoch.CompareTo(_epoch) < 0)
            return false;
        _epoch = epoch;
        if (!Sender.Equals(_coordinator))
        {
            _coordinator = Sender;
            Context.Watch(_coordinator);
            foreach (var route in _routes.Values)
            {
                (route.Asked, route.Turn) = (false, 0);
                // The new coordinator does not wait for proxies: shards may have moved since.
                if (IsProxy)
                    route.Home = null;
            }
        }

        return true;
    }

    private ICoordinationMessage Registration() => IsProxy
        ? new RegisterProxy(Node.Self)
        : new Register(Node.Self, ShardsThatAre(Hosting.Running, Hosting.Failed), ShardsThatAre(Hosting.Stopping));

    private ImmutableArray<string> ShardsThatAre(params Hosting[] hosting) =>
        [.. _routes.Values.Where(each => hosting.Contains(each.Hosting)).Select(each => each.Shard)];

    private void Registered()
    {
        Timers.Cancel(RegionTick.Find.Key);
        if (_leaving)
            _coordinator!.Tell(RegionLeaves.Instance);
        foreach (var route in _routes.Values)
        {
            if (route.KeptCount > 0 && !route.Asked)
                AskHome(route);
        }
    }

    private void LoseCoordinator()
    {
        _coordinator = null;
        foreach (var route in _routes.Values)
            route.Asked = false;
        FindCoordinator();
    }

    private void FindCoordinator()
    {
        if (_coordinatorNode is null || (!IsProxy && _view.Find(Node.Self) is null))
            return;
        Node.TellCoordinator(_coordinatorNode.Address, _setup.TypeName, Registration(), Self);
        Timers.StartSingleTimer(RegionTick.Find.Key, RegionTick.Find, _tuning.RetryInterval / FindsPerRetry);
    }

    private void AskHome(ShardRoute route)
    {
        if (_coordinator is null || route.Hosting != Hosting.No)
            return;
        route.Asked = true;
        _coordinator.Tell(new GetShardHome(route.Shard));
    }

    private void Ticked(RegionTick tick)
    {
        if (tick == RegionTick.GiveUp)
        {
            Context.Stop(Self);
        }
        else if (tick == RegionTick.Find)
        {
            if (_coordinator is null)
                FindCoordinator();
        }
        else
        {
            foreach (var route in _routes.Values)
            {
                if (route.Home is null && route.KeptCount > 0)
                    AskHome(route);
            }

            if (_leaving)
                GoOnLeaving();
        }
    }

    private void HomeIs(ShardHome home)
    {
        var route = RouteOf(home.Shard);
        route.Asked = false;
        if (route.Hosting != Hosting.No)
            return;
        if (home.Region.Equals(Self))
        {
            Host(route, route.Turn);
            return;
        }

        // Said before the coordinator heard that the node is removed; it is asked again, or says so by itself.
        if (_view.IsGone(Node.AddressOf(home.Region)))
            return;
        route.Home = home.Region;
        Flush(route);
        StopWhenLeft();
    }

    private void Release(BeginHandOff begin)
    {
        if (!begin.Owner.Equals(Self) && _routes.TryGetValue(begin.Shard, out var route)
            && route.Hosting == Hosting.No)
            route.Home = null;
        begin.Owner.Tell(new BeginHandOffAck(begin.Shard, Self, _coordinator!, begin.Turn));
    }

    private void NodeRemoved(Member member)
    {
        foreach (var route in _routes.Values)
        {
            if (route.Hosting == Hosting.No && route.Home is { } home
                && Node.AddressOf(home).Equals(member.Address))
                route.Home = null;
        }
    }
}
