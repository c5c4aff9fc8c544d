using Akka.Cluster.Sharding.Internal;

namespace Akka.Cluster.Sharding;

/// <summary>Makes the strategies that come with sharding.</summary>
public static class ShardAllocationStrategy
{
    /// <summary>A new shard goes where fewest are; full regions give to empty ones until they differ by one.</summary>
    /// <param name="absoluteLimit">Shards that one rebalancing moves at most; 0: only the share limits.</param>
    /// <param name="relativeLimit">Share of all shards that one rebalancing moves at most, but at least one.</param>
    public static IShardAllocationStrategy LeastShardAllocationStrategy(int absoluteLimit, double relativeLimit) =>
        new LeastShards(absoluteLimit, relativeLimit);
}
