namespace Akka.Cluster.Sharding.Internal;

/// <summary>What every extractor understands without being told: the wish to start an entity.</summary>
internal sealed class ExtractorAdapter(IMessageExtractor inner) : IMessageExtractor
{
    public string? EntityId(object message) => message switch
    {
        ShardRegion.StartEntity start => start.EntityId,
        _ => inner.EntityId(message),
    };

    public object? EntityMessage(object message) => message switch
    {
        ShardRegion.StartEntity => message,
        _ => inner.EntityMessage(message),
    };

    public string? ShardId(object message) =>
        EntityId(message) is { Length: > 0 } id ? inner.ShardId(id, message) : null;

    public string ShardId(string entityId, object? messageHint = null) => inner.ShardId(entityId, messageHint);
}
