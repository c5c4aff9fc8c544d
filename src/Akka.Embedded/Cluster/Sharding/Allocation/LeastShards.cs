using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>
/// Evens out the number of shards. Of regions with equally few, the first by path is taken, so that the same cluster
/// gets the same homes. Costs: a step for each region and allocation; a sort of the regions for each rebalancing.
/// </summary>
internal sealed class LeastShards(int absoluteLimit, double relativeLimit) : IShardAllocationStrategy
{
    private static readonly Task<IImmutableSet<string>> s_none =
        Task.FromResult<IImmutableSet<string>>(ImmutableHashSet<string>.Empty);

    public Task<IActorRef> AllocateShard(
        IActorRef requester, string shardId,
        IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations)
    {
        IActorRef? least = null;
        var fewest = int.MaxValue;
        foreach (var (region, shards) in currentShardAllocations)
        {
            if (shards.Count > fewest || (shards.Count == fewest && region.CompareTo(least) > 0))
                continue;
            (least, fewest) = (region, shards.Count);
        }

        return Task.FromResult(
            least ?? throw new InvalidOperationException($"There is no region that shard {shardId} could go to."));
    }

    public Task<IImmutableSet<string>> Rebalance(
        IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations,
        IImmutableSet<string> rebalanceInProgress)
    {
        if (rebalanceInProgress.Count > 0 || currentShardAllocations.Count < 2)
            return s_none;
        var regions = currentShardAllocations.OrderBy(each => each.Key.Path).Select(each => each.Value).ToList();
        var shards = regions.Sum(each => each.Count);
        var optimum = (shards + regions.Count - 1) / regions.Count;
        var surplus = regions.SelectMany(each => each.Take(Math.Max(0, each.Count - optimum))).ToList();
        if (surplus.Count == 0)
        {
            // Nobody has too many; but some may lack more than one, while others have as many as is allowed.
            var lacking = regions.Sum(each => Math.Max(0, optimum - 1 - each.Count));
            surplus = [.. regions.Where(each => each.Count == optimum).Take(lacking).Select(each => each[0])];
        }

        return surplus.Count == 0
            ? s_none
            : Task.FromResult<IImmutableSet<string>>([.. surplus.Take(Limit(shards))]);
    }

    private int Limit(int shards)
    {
        var share = (int)(relativeLimit * shards);
        return Math.Max(1, absoluteLimit > 0 ? Math.Min(share, absoluteLimit) : share);
    }
}
