using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Sharding;

/// <summary>
/// Says where a shard goes and which shards should move. Asked by the coordinator only; regions that are leaving are
/// not among those it may choose from.
/// </summary>
public interface IShardAllocationStrategy : INoSerializationVerificationNeeded
{
    /// <param name="requester">The region that asked first, or the coordinator.</param>
    /// <param name="shardId">The shard without a home.</param>
    /// <param name="currentShardAllocations">The shards of each region, in the order of allocation.</param>
    Task<IActorRef> AllocateShard(
        IActorRef requester, string shardId,
        IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations);

    /// <summary>The shards that should leave their regions now; the coordinator then finds new ones.</summary>
    /// <param name="currentShardAllocations">The shards of each region, in the order of allocation.</param>
    /// <param name="rebalanceInProgress">Shards that move already.</param>
    Task<IImmutableSet<string>> Rebalance(
        IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations,
        IImmutableSet<string> rebalanceInProgress);
}

/// <summary>A strategy that is told when its coordinator starts.</summary>
public interface IStartableAllocationStrategy : IShardAllocationStrategy
{
    void Start();
}

/// <summary>A strategy that is told when its coordinator starts, and where.</summary>
public interface IActorSystemDependentAllocationStrategy : IShardAllocationStrategy
{
    void Start(ActorSystem system);
}
