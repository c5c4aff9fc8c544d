using Akka.Actor;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>Shards that move, and what is said again when no answer came.</summary>
internal sealed partial class ShardTable
{
    /// <summary>The strategy wants these to move.</summary>
    internal void Rebalance(IEnumerable<string> shards)
    {
        foreach (var shard in shards)
        {
            if (_shards.TryGetValue(shard, out var record) && record.Phase == ShardPhase.Hosted)
                Release(record);
        }
    }

    /// <summary>The region wants to be rid of all its shards.</summary>
    internal void RegionLeaves(IActorRef region)
    {
        if (!_regions.TryGetValue(region, out var record))
            return;
        record.Leaves = true;
        Allocations = Allocations.Remove(region);
        ReleaseAllOf(record);
    }

    /// <summary>Not before all regions are known: one that is not would keep sending to the former owner.</summary>
    private void ReleaseAllOf(RegionRecord region)
    {
        if (!_gathered)
            return;
        foreach (var shard in region.Shards.ToList())
        {
            if (shard.Phase is ShardPhase.Starting or ShardPhase.Hosted)
                Release(shard);
        }
    }

    /// <summary>That region or proxy keeps what comes for the shard from now on.</summary>
    internal void Released(string shard, IActorRef by, long turn)
    {
        if (!_shards.TryGetValue(shard, out var record) || record.Phase != ShardPhase.Releasing || record.Turn != turn)
            return;
        Forget(record.Unreleased, by);
        if (record.Unreleased.Count == 0)
            Stop(record);
    }

    /// <summary>The owner says that the shard and its entities have stopped.</summary>
    internal void ShardHasStopped(string shard, IActorRef region, long turn)
    {
        if (OwnedBy(shard, region) is { Phase: ShardPhase.Stopping } record && record.Turn == turn)
            Vacate(record);
    }

    /// <summary>Some time has passed: what has no answer is said again.</summary>
    internal void Tick()
    {
        foreach (var (node, _) in _answered.Where(each => !each.Value))
            Effects.Add(new CoordinatorEffect.AskNode(node));
        foreach (var record in _unsettled.Values.ToList())
            SayAgain(record);
    }

    private void SayAgain(ShardRecord record)
    {
        switch (record.Phase)
        {
            case ShardPhase.Homeless:
                FindHome(record);
                break;
            case ShardPhase.Starting:
                Tell(record.Owner!, new HostShard(record.Shard, record.Turn));
                break;
            case ShardPhase.Releasing when Now >= record.ReleaseUntil:
                record.Unreleased.Clear();
                Stop(record);
                break;
            case ShardPhase.Releasing:
                foreach (var each in record.Unreleased)
                    Tell(each, new BeginHandOff(record.Shard, record.Owner!, record.Turn));
                break;
            case ShardPhase.Stopping:
                Tell(record.Owner!, new HandOff(record.Shard, record.Turn));
                break;
            default:
                break;
        }
    }

    private void Release(ShardRecord record)
    {
        record.Phase = ShardPhase.Releasing;
        record.Turn = ++_lastTurn;
        record.ReleaseUntil = Now + handOffTimeout;
        record.Unreleased.AddRange(_regions.Keys);
        record.Unreleased.AddRange(_proxies.Keys);
        _unsettled[record.Shard] = record;
        foreach (var each in record.Unreleased)
            Tell(each, new BeginHandOff(record.Shard, record.Owner!, record.Turn));
    }

    private void Stop(ShardRecord record)
    {
        record.Phase = ShardPhase.Stopping;
        Tell(record.Owner!, new HandOff(record.Shard, record.Turn));
    }
}
