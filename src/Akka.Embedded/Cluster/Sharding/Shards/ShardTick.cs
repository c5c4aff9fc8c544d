namespace Akka.Cluster.Sharding.Internal;

/// <summary>What a shard reminds itself of.</summary>
internal sealed class ShardTick : ILocalShardMessage
{
    /// <summary>Entities that nobody talks to are passivated.</summary>
    internal static readonly ShardTick FindIdle = new();

    /// <summary>The next remembered entities start.</summary>
    internal static readonly ShardTick Recover = new();

    /// <summary>Entities that have not stopped for the hand-off are stopped.</summary>
    internal static readonly ShardTick StopHard = new();

    private ShardTick()
    {
    }
}

/// <summary>An entity that stopped by itself is started again.</summary>
internal sealed record RestartEntity(string Id) : ILocalShardMessage;

/// <summary>The answer to <see cref="ShardRegion.StartEntity"/>.</summary>
internal sealed record StartEntityAck(string EntityId, string ShardId) : IClusterShardingSerializable;
