using System.Buffers;
using System.Globalization;
using System.Text;

namespace Akka.Cluster.Sharding;

/// <summary>Spreads entities over a fixed number of shards by a stable hash of their ids.</summary>
public abstract class HashCodeMessageExtractor : IMessageExtractor
{
    private const uint FnvOffset = 2166136261;
    private const uint FnvPrime = 16777619;
    private const int OnStackMax = 256;

    public readonly int MaxNumberOfShards;

    private readonly string[] _names;

    /// <param name="maxNumberOfShards">The same on every node and for as long as the store lives.</param>
    protected HashCodeMessageExtractor(int maxNumberOfShards)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxNumberOfShards, 1);
        MaxNumberOfShards = maxNumberOfShards;
        _names = new string[maxNumberOfShards];
        for (var shard = 0; shard < maxNumberOfShards; shard++)
            _names[shard] = shard.ToString(CultureInfo.InvariantCulture);
    }

    /// <param name="maxNumberOfShards">The same on every node and for as long as the store lives.</param>
    /// <param name="entityIdExtractor">The entity that a message is for; null: none.</param>
    /// <param name="messageExtractor">What the entity receives; left out: the message as it is.</param>
    public static HashCodeMessageExtractor Create(
        int maxNumberOfShards, Func<object, string?> entityIdExtractor,
        Func<object, object?>? messageExtractor = null)
    {
        ArgumentNullException.ThrowIfNull(entityIdExtractor);
        return new OfFunctions(maxNumberOfShards, entityIdExtractor, messageExtractor);
    }

    public abstract string? EntityId(object message);

    public virtual object? EntityMessage(object message) => message;

    public virtual string? ShardId(object message) => EntityId(message) is { } id ? ShardId(id, message) : null;

    public virtual string ShardId(string entityId, object? messageHint = null)
    {
        ArgumentNullException.ThrowIfNull(entityId);
        var bytesMax = Encoding.UTF8.GetMaxByteCount(entityId.Length);
        var rented = bytesMax > OnStackMax ? ArrayPool<byte>.Shared.Rent(bytesMax) : null;
        Span<byte> bytes = rented ?? stackalloc byte[OnStackMax];
        var hash = FnvOffset;
        foreach (var part in bytes[..Encoding.UTF8.GetBytes(entityId, bytes)])
            hash = (hash ^ part) * FnvPrime;
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
        return _names[hash % (uint)MaxNumberOfShards];
    }

    private sealed class OfFunctions(
        int maxNumberOfShards, Func<object, string?> entityId, Func<object, object?>? entityMessage)
        : HashCodeMessageExtractor(maxNumberOfShards)
    {
        public override string? EntityId(object message) => entityId(message);

        public override object? EntityMessage(object message) =>
            entityMessage is null ? message : entityMessage(message);
    }
}
