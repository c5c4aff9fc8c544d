using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>
/// All that a coordinator decides, without actor, clock or store: facts in, <see cref="Effects"/> out.
/// <para>A shard has at most one owner. It gets another only when the former one has said that the shard stopped, or
/// its region or its node is surely gone. A new coordinator knows nothing: it asks the region of every member of the
/// role, and gives no shard away before each of them has answered or is gone; what an older coordinator gave away
/// is therefore known.</para>
/// <para>Cost: one dictionary look-up for each question about a home; a step for each region when a shard moves;
/// a lost region costs a step for each of its shards, and a message for each of these to everyone.</para>
/// </summary>
internal sealed partial class ShardTable(TimeSpan handOffTimeout, bool writesShards)
{
    private readonly Dictionary<UniqueAddress, bool> _answered = [];
    private readonly Dictionary<IActorRef, RegionRecord> _regions = [];
    private readonly Dictionary<IActorRef, UniqueAddress> _proxies = [];
    private readonly Dictionary<string, ShardRecord> _shards = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ShardRecord> _unsettled = new(StringComparer.Ordinal);
    private readonly HashSet<string> _written = new(StringComparer.Ordinal);
    private long _lastTurn;
    private bool _knowsMembers;
    private bool _knowsWritten = !writesShards;
    private bool _gathered;

    /// <summary>What is to be done, in this order; whoever does it clears the list.</summary>
    internal List<CoordinatorEffect> Effects { get; } = [];

    /// <summary>The time that the table believes it is.</summary>
    internal TimeSpan Now { get; set; }

    /// <summary>What the strategy may choose from: the regions that do not leave, with their shards.</summary>
    internal ImmutableDictionary<IActorRef, IImmutableList<string>> Allocations { get; private set; } =
        ImmutableDictionary<IActorRef, IImmutableList<string>>.Empty;

    /// <summary>True once every shard that runs anywhere is known.</summary>
    internal bool KnowsAll => _gathered;

    internal IEnumerable<RegionRecord> Regions => _regions.Values;

    internal IEnumerable<ShardRecord> Shards => _shards.Values;

    internal ImmutableHashSet<string> Moving =>
    [
        .. _unsettled.Values.Where(each => each.Phase is ShardPhase.Releasing or ShardPhase.Stopping)
            .Select(each => each.Shard),
    ];

    /// <summary>The members of the role when the coordinator starts.</summary>
    internal void Begin(IEnumerable<UniqueAddress> nodes)
    {
        foreach (var node in nodes)
            NodeUp(node);
        _knowsMembers = true;
        CheckGathered();
    }

    internal void NodeUp(UniqueAddress node)
    {
        if (_answered.TryAdd(node, false))
            Effects.Add(new CoordinatorEffect.AskNode(node));
    }

    /// <summary>There is no region on that node now, so nothing runs there.</summary>
    internal void NoRegionOn(UniqueAddress node)
    {
        if (_answered.ContainsKey(node))
            _answered[node] = true;
        CheckGathered();
    }

    internal void NodeRemoved(UniqueAddress node)
    {
        _answered.Remove(node);
        foreach (var proxy in _proxies.Where(each => each.Value.Equals(node)).Select(each => each.Key).ToList())
            ProxyEnded(proxy);
        foreach (var region in _regions.Values.Where(each => each.Node.Equals(node)).ToList())
            RegionEnded(region.Region);
        CheckGathered();
    }

    /// <summary>
    /// A region is there and hosts these shards. From a node that is not known (yet): it is asked later.
    /// </summary>
    internal void RegionIsThere(
        IActorRef region, UniqueAddress node, IReadOnlyCollection<string> shards, IReadOnlyCollection<string> stopping)
    {
        if (!_answered.ContainsKey(node))
            return;
        _answered[node] = true;
        foreach (var former in _regions.Values.Where(each => each.Node.Equals(node)).ToList())
        {
            if (!former.Region.Equals(region))
                RegionEnded(former.Region);
        }

        if (!_regions.TryGetValue(region, out var record))
        {
            _regions[region] = record = new RegionRecord(region, node);
            Allocations = Allocations.SetItem(region, ImmutableList<string>.Empty);
        }

        foreach (var shard in shards)
            Claim(record, shard, ShardPhase.Hosted);
        foreach (var shard in stopping)
            Claim(record, shard, ShardPhase.Stopping);
        var hosted = shards.Concat(stopping).ToHashSet(StringComparer.Ordinal);
        foreach (var shard in record.Shards.ToList())
        {
            if (shard.Confirmed && !hosted.Contains(shard.Shard))
                Vacate(shard);
        }

        CheckGathered();
        FindHomes();
    }

    internal void ProxyIsThere(IActorRef proxy, UniqueAddress node) => _proxies[proxy] = node;

    internal void ProxyEnded(IActorRef proxy)
    {
        if (_proxies.Remove(proxy))
            StopWaitingFor(proxy);
    }

    /// <summary>The region's actor has surely stopped, and its shards with it.</summary>
    internal void RegionEnded(IActorRef region)
    {
        if (!_regions.Remove(region, out var record))
            return;
        Allocations = Allocations.Remove(region);
        StopWaitingFor(region);
        foreach (var shard in record.Shards.ToList())
        {
            shard.Announce = true;
            Vacate(shard);
        }
    }

    /// <summary>The shards that were written down by this or an earlier coordinator.</summary>
    internal void WrittenBefore(IEnumerable<string> shards)
    {
        foreach (var shard in shards)
        {
            _written.Add(shard);
            RecordOf(shard);
        }

        _knowsWritten = true;
        CheckGathered();
    }

    internal void Written(string shard)
    {
        _written.Add(shard);
        if (_shards.TryGetValue(shard, out var record) && record.Phase == ShardPhase.Writing)
        {
            record.Phase = ShardPhase.Homeless;
            FindHome(record);
        }
    }

    /// <summary>
    /// Someone wants to know where the shard lives. A home is told only when the owner has said that it hosts it: who
    /// has been told a home then need not doubt it until the shard moves.
    /// </summary>
    internal void HomeAsked(string shard, IActorRef asker)
    {
        var record = RecordOf(shard);
        if (record.Phase == ShardPhase.Hosted)
        {
            Tell(asker, new ShardHome(shard, record.Owner!));
            return;
        }

        if (!record.Askers.Contains(asker))
            record.Askers.Add(asker);
        if (record.Phase == ShardPhase.Homeless)
            FindHome(record);
    }

    /// <summary>The strategy's choice; null or a region that cannot take it: it is asked again later.</summary>
    internal void Chosen(string shard, IActorRef? region)
    {
        if (!_shards.TryGetValue(shard, out var record) || record.Phase != ShardPhase.Choosing)
            return;
        record.Phase = ShardPhase.Homeless;
        if (region is null || !Allocations.ContainsKey(region))
            return;
        Own(record, _regions[region], ShardPhase.Starting);
        record.Turn = record.StartTurn = ++_lastTurn;
        Tell(region, new HostShard(shard, record.Turn));
    }

    internal void ShardIsHosted(string shard, IActorRef region, long turn)
    {
        if (OwnedBy(shard, region) is not { } record || record.StartTurn != turn)
            return;
        record.Confirmed = true;
        if (record.Phase == ShardPhase.Starting)
            Settle(record);
    }

    private static void Forget(List<IActorRef> list, IActorRef actor) => list.RemoveAll(each => each.Equals(actor));

    private ShardRecord RecordOf(string shard)
    {
        if (!_shards.TryGetValue(shard, out var record))
        {
            _shards[shard] = record = new ShardRecord(shard);
            _unsettled[shard] = record;
        }

        return record;
    }

    private ShardRecord? OwnedBy(string shard, IActorRef region) =>
        _shards.TryGetValue(shard, out var record) && region.Equals(record.Owner) ? record : null;

    private void CheckGathered()
    {
        if (_gathered || !_knowsMembers || !_knowsWritten || _answered.ContainsValue(false))
            return;
        _gathered = true;
        foreach (var region in _regions.Values.Where(each => each.Leaves))
            ReleaseAllOf(region);
        FindHomes();
    }

    private void FindHomes()
    {
        if (!_gathered || Allocations.IsEmpty)
            return;
        foreach (var record in _unsettled.Values.Where(each => each.Phase == ShardPhase.Homeless).ToList())
            FindHome(record);
    }

    private void FindHome(ShardRecord record)
    {
        if (!_gathered || Allocations.IsEmpty)
            return;
        if (writesShards && !_written.Contains(record.Shard))
        {
            record.Phase = ShardPhase.Writing;
            Effects.Add(new CoordinatorEffect.Write(record.Shard));
            return;
        }

        record.Phase = ShardPhase.Choosing;
        Effects.Add(new CoordinatorEffect.Choose(record.Shard, record.Askers.Count > 0 ? record.Askers[0] : null));
    }

    private void Claim(RegionRecord region, string shard, ShardPhase phase)
    {
        var record = RecordOf(shard);
        if (record.Owner is null)
        {
            Own(record, region, phase);
            record.Confirmed = true;
            if (phase == ShardPhase.Hosted)
            {
                Settle(record);
            }
            else
            {
                record.Turn = ++_lastTurn;
                Stop(record);
            }
        }
        else if (!record.Owner.Equals(region.Region))
        {
            Tell(region.Region, new HandOff(shard, ++_lastTurn));
        }
        else
        {
            record.Confirmed = true;
            if (record.Phase == ShardPhase.Starting && phase == ShardPhase.Hosted)
                Settle(record);
        }
    }

    private void Own(ShardRecord record, RegionRecord region, ShardPhase phase)
    {
        record.Owner = region.Region;
        record.Phase = phase;
        region.Shards.Add(record);
        if (Allocations.TryGetValue(region.Region, out var shards))
            Allocations = Allocations.SetItem(region.Region, shards.Add(record.Shard));
    }

    private void Settle(ShardRecord record)
    {
        record.Phase = ShardPhase.Hosted;
        _unsettled.Remove(record.Shard);
        TellHome(record);
    }

    private void TellHome(ShardRecord record)
    {
        var home = new ShardHome(record.Shard, record.Owner!);
        foreach (var asker in record.Askers)
            Tell(asker, home);
        if (record.Announce)
        {
            foreach (var other in _regions.Keys.Concat(_proxies.Keys).Where(each => !record.Askers.Contains(each)))
                Tell(other, home);
        }

        record.Askers.Clear();
        record.Announce = false;
    }

    private void Vacate(ShardRecord record)
    {
        var owner = record.Owner!;
        if (_regions.TryGetValue(owner, out var region))
            region.Shards.Remove(record);
        if (Allocations.TryGetValue(owner, out var shards))
            Allocations = Allocations.SetItem(owner, shards.Remove(record.Shard));
        record.Owner = null;
        record.Confirmed = false;
        record.Phase = ShardPhase.Homeless;
        record.Unreleased.Clear();
        _unsettled[record.Shard] = record;
        FindHome(record);
    }

    private void StopWaitingFor(IActorRef gone)
    {
        foreach (var record in _unsettled.Values.ToList())
        {
            Forget(record.Askers, gone);
            if (record.Phase == ShardPhase.Releasing)
                Released(record.Shard, gone, record.Turn);
        }
    }

    private void Tell(IActorRef to, ICoordinationMessage message) =>
        Effects.Add(new CoordinatorEffect.Tell(to, message));
}
