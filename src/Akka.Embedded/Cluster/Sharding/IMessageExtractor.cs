namespace Akka.Cluster.Sharding;

/// <summary>Says which entity a message is for, in which shard that lives, and what the entity receives.</summary>
public interface IMessageExtractor
{
    /// <summary>The entity's id; null when the message is for none.</summary>
    string? EntityId(object message);

    /// <summary>What the entity receives; null drops the message.</summary>
    object? EntityMessage(object message);

    /// <summary>The shard of the entity that the message is for.</summary>
    string? ShardId(object message);

    /// <summary>The shard of an entity.</summary>
    string ShardId(string entityId, object? messageHint = null);
}
