using System.Collections.Immutable;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>Stored: these entities of a shard run from now on.</summary>
internal sealed record EntitiesStarted(ImmutableArray<string> Ids) : IClusterShardingSerializable;

/// <summary>Stored: these do not.</summary>
internal sealed record EntitiesStopped(ImmutableArray<string> Ids) : IClusterShardingSerializable;

/// <summary>Stored: this shard has been given away.</summary>
internal sealed record ShardAdded(string Shard) : IClusterShardingSerializable;

/// <summary>Snapshot of either: the entities that run, or the shards that there are.</summary>
internal sealed record KnownIds(ImmutableArray<string> Ids) : IClusterShardingSerializable;
