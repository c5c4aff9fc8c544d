using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>
/// The shards that live here: started, stopped, started again after a failure, handed over at the end.
/// </summary>
internal sealed partial class RegionActor
{
    private static readonly TimeSpan s_lastHomesMax = TimeSpan.FromSeconds(5);

    private readonly Dictionary<IActorRef, ShardRoute> _local = [];
    private TimeSpan? _abandonedSince;

    private void Host(ShardRoute route, long turn)
    {
        route.Turn = turn;
        if (route.Hosting == Hosting.No)
            Start(route);
        if (route.Hosting is Hosting.Running or Hosting.Failed)
            _coordinator!.Tell(new ShardStarted(route.Shard, turn));
    }

    private void Start(ShardRoute route)
    {
        var props = ShardActor.Props(
            new ShardSetup(
                _setup.TypeName, route.Shard, _setup.EntityProps!, _setup.Settings, _extractor, _setup.StopMessage),
            Context.Dispatcher.Id);
        route.Local = Context.ActorOf(props, ShardingNode.Name(route.Shard));
        Context.Watch(route.Local);
        _local[route.Local] = route;
        route.Hosting = Hosting.Running;
        route.Home = route.Local;
        route.Asked = false;
        Flush(route);
    }

    private void StopShardOf(ShardRoute route, long turn)
    {
        route.Turn = turn;
        if (route.Hosting == Hosting.Running)
        {
            route.Hosting = Hosting.Stopping;
            route.Home = null;
            route.Local!.Tell(StopShard.Instance);
        }
        else if (route.Hosting != Hosting.Stopping)
        {
            Timers.Cancel(new RestartShard(route.Shard));
            ShardIsGone(route);
        }
    }

    private void Ended(Terminated ended)
    {
        if (_local.Remove(ended.ActorRef, out var route))
        {
            route.Local = null;
            if (route.Hosting == Hosting.Stopping)
                ShardIsGone(route);
            else
                ShardFailed(route);
        }
        else if (ended.ActorRef.Equals(_coordinator) && !ended.AddressTerminated)
        {
            LoseCoordinator();
        }
    }

    private void ShardIsGone(ShardRoute route)
    {
        route.Hosting = Hosting.No;
        route.Home = null;
        if (route.Turn > 0)
            _coordinator?.Tell(new ShardStopped(route.Shard, route.Turn));
        if (route.KeptCount > 0)
            AskHome(route);
        StopWhenLeft();
    }

    private void ShardFailed(ShardRoute route)
    {
        _log.Warning(
            "Shard {0} of {1} stopped; it is started again after {2}.", route.Shard, _setup.TypeName,
            _tuning.ShardFailureBackoff);
        route.Hosting = Hosting.Failed;
        route.Home = null;
        var restart = new RestartShard(route.Shard);
        Timers.StartSingleTimer(restart, restart, _tuning.ShardFailureBackoff);
    }

    private void Restart(string shard)
    {
        if (_routes.TryGetValue(shard, out var route) && route.Hosting == Hosting.Failed)
            Start(route);
    }

    private void GiveBack(GivenBack back)
    {
        _kept++;
        RouteOf(back.Shard).KeepInFront(back.Message, Sender);
    }

    private void BeginLeaving()
    {
        if (_leaving)
            return;
        if (IsProxy)
        {
            Context.Stop(Self);
            return;
        }

        _leaving = true;
        _coordinator?.Tell(RegionLeaves.Instance);
        StopWhenLeft();
    }

    /// <summary>
    /// If no coordinator comes to find other homes, the shards just stop; a later one finds nothing here.
    /// </summary>
    private void GoOnLeaving()
    {
        if (_coordinator is not null)
        {
            _abandonedSince = null;
            _coordinator.Tell(RegionLeaves.Instance);
            return;
        }

        var now = Context.System.Scheduler.MonotonicClock;
        _abandonedSince ??= now;
        if (now - _abandonedSince < s_lastHomesMax && _view.HasOtherThan(Node.Self))
            return;
        foreach (var route in _routes.Values.Where(each => each.Hosting != Hosting.No).ToList())
            StopShardOf(route, 0);
    }

    private void StopWhenLeft()
    {
        if (!_leaving || _routes.Values.Any(each => each.Hosting != Hosting.No))
            return;
        if (_kept == 0 || !_view.HasOtherThan(Node.Self))
            Context.Stop(Self);
        else if (!Timers.IsTimerActive(RegionTick.GiveUp.Key))
            Timers.StartSingleTimer(RegionTick.GiveUp.Key, RegionTick.GiveUp, s_lastHomesMax);
    }
}
