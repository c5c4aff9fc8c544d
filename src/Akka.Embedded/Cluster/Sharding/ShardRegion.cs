namespace Akka.Cluster.Sharding;

/// <summary>
/// The part of a node that takes messages to the entities of one type, wherever they are, and hosts some of them.
/// </summary>
public sealed class ShardRegion
{
    private ShardRegion()
    {
    }

    /// <summary>Starts an entity without saying anything to it.</summary>
    public sealed class StartEntity(string entityId) : IClusterShardingSerializable, IEquatable<StartEntity>
    {
        public readonly string EntityId = entityId;

        public bool Equals(StartEntity? other) => other is not null && EntityId == other.EntityId;

        public override bool Equals(object? obj) => Equals(obj as StartEntity);

        public override int GetHashCode() => EntityId.GetHashCode(StringComparison.Ordinal);

        public override string ToString() => $"StartEntity({EntityId})";
    }
}
