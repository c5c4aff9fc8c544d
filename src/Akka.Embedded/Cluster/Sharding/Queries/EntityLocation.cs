using Akka.Actor;
using Akka.Util;

namespace Akka.Cluster.Sharding;

/// <summary>Asks a region where an entity lives; answered by <see cref="EntityLocation"/>.</summary>
/// <param name="entityId">The entity.</param>
/// <param name="timeout">How long to look for its reference.</param>
public sealed class GetEntityLocation(string entityId, TimeSpan timeout) : IShardRegionQuery
{
    public string EntityId { get; } = entityId;

    public TimeSpan Timeout { get; } = timeout;
}

/// <summary>Where an entity lives.</summary>
public sealed class EntityLocation(string entityId, string shardId, Address shardRegion, Option<IActorRef> entityRef)
{
    public string EntityId { get; } = entityId;

    /// <summary>Empty when the extractor gives none for the id.</summary>
    public string ShardId { get; } = shardId;

    /// <summary>The node of its shard; <see cref="Address.AllSystems"/> while that is unknown here.</summary>
    public Address ShardRegion { get; } = shardRegion;

    /// <summary>None when it does not run.</summary>
    public Option<IActorRef> EntityRef { get; } = entityRef;
}
