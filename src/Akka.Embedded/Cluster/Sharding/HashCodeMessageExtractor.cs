using System.Globalization;
using System.Text;

namespace Akka.Cluster.Sharding;

/// <summary>Spreads entities over a fixed number of shards by a stable hash of their ids.</summary>
/// <param name="maxNumberOfShards">The same on every node and for as long as the store lives.</param>
public abstract class HashCodeMessageExtractor(int maxNumberOfShards) : IMessageExtractor
{
    private const uint FnvOffset = 2166136261;
    private const uint FnvPrime = 16777619;

    public readonly int MaxNumberOfShards = maxNumberOfShards;

    public abstract string? EntityId(object message);

    public virtual object? EntityMessage(object message) => message;

    public virtual string? ShardId(object message) => EntityId(message) is { } id ? ShardId(id, message) : null;

    public virtual string ShardId(string entityId, object? messageHint = null)
    {
        var hash = FnvOffset;
        foreach (var part in Encoding.UTF8.GetBytes(entityId))
        {
            hash = (hash ^ part) * FnvPrime;
        }

        return (hash % (uint)MaxNumberOfShards).ToString(CultureInfo.InvariantCulture);
    }
}
