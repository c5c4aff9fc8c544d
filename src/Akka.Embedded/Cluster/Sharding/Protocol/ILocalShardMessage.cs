using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>Said within one node: between a region, its shards and their stores.</summary>
internal interface ILocalShardMessage : INoSerializationVerificationNeeded;

/// <summary>A region to its shard: stop your entities, then yourself.</summary>
internal sealed record StopShard : ILocalShardMessage
{
    internal static readonly StopShard Instance = new();
}

/// <summary>A shard to its region: I kept this for an entity; it goes before all that you keep for me.</summary>
internal sealed record GivenBack(string Shard, object Message) : ILocalShardMessage;

/// <summary>Answered by <see cref="ShardContent"/>.</summary>
internal sealed record GetShardContent : ILocalShardMessage
{
    internal static readonly GetShardContent Instance = new();
}

internal sealed record ShardContent(string Shard, ImmutableHashSet<string> Entities) : ILocalShardMessage;

/// <summary>Answered by <see cref="ShardSize"/>.</summary>
internal sealed record GetShardSize : ILocalShardMessage
{
    internal static readonly GetShardSize Instance = new();
}

internal sealed record ShardSize(string Shard, int Entities) : ILocalShardMessage;

/// <summary>
/// A shard to its store: write down who starts and who stopped. Answered by <see cref="Remembered"/>.
/// </summary>
internal sealed record Remember(ImmutableHashSet<string> Started, ImmutableHashSet<string> Stopped)
    : ILocalShardMessage;

internal sealed record Remembered(Remember Update) : ILocalShardMessage;

/// <summary>A store, once it has recovered, to its shard or coordinator.</summary>
internal sealed record RememberedIds(ImmutableHashSet<string> Ids) : ILocalShardMessage;

/// <summary>The coordinator to its store. Answered by <see cref="ShardRemembered"/>.</summary>
internal sealed record RememberShard(string Shard) : ILocalShardMessage;

internal sealed record ShardRemembered(string Shard) : ILocalShardMessage;
