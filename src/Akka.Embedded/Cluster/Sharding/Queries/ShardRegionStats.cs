using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Sharding;

/// <summary>
/// Asks a region how many entities each of its shards has; answered by <see cref="ShardRegionStats"/>.
/// </summary>
public sealed class GetShardRegionStats : IShardRegionQuery, IClusterShardingSerializable
{
    public static readonly GetShardRegionStats Instance = new();

    private GetShardRegionStats()
    {
    }

    public override string ToString() => "GetShardRegionStats";
}

/// <summary>How many entities each shard of a region has.</summary>
public sealed class ShardRegionStats : IClusterShardingSerializable, IEquatable<ShardRegionStats>
{
    /// <summary>Shards that did not answer in time.</summary>
    public readonly IImmutableSet<string> Failed;

    public readonly IImmutableDictionary<string, int> Stats;

    public ShardRegionStats(IImmutableDictionary<string, int> stats)
        : this(stats, ImmutableHashSet<string>.Empty)
    {
    }

    public ShardRegionStats(IImmutableDictionary<string, int> stats, IImmutableSet<string> failed)
    {
        Stats = stats;
        Failed = failed;
    }

    public bool Equals(ShardRegionStats? other) =>
        other is not null && Failed.SetEquals(other.Failed) && Stats.Count == other.Stats.Count
        && Stats.All(each => other.Stats.TryGetValue(each.Key, out var count) && count == each.Value);

    public override bool Equals(object? obj) => Equals(obj as ShardRegionStats);

    public override int GetHashCode() => HashCode.Combine(Stats.Count, Failed.Count);

    public override string ToString() =>
        $"ShardRegionStats(stats:{string.Join(", ", Stats.Select(each => $"{each.Key}: {each.Value}"))}, "
        + $"failed:{string.Join(", ", Failed)})";
}

/// <summary>
/// Asks the coordinator, through any region, for the figures of all regions; answered by
/// <see cref="ClusterShardingStats"/>.
/// </summary>
/// <param name="timeout">Regions that do not answer within it are left out.</param>
public sealed class GetClusterShardingStats(TimeSpan timeout)
    : IShardRegionQuery, IClusterShardingSerializable, IEquatable<GetClusterShardingStats>
{
    public readonly TimeSpan Timeout = timeout;

    public bool Equals(GetClusterShardingStats? other) => other is not null && Timeout == other.Timeout;

    public override bool Equals(object? obj) => Equals(obj as GetClusterShardingStats);

    public override int GetHashCode() => Timeout.GetHashCode();

    public override string ToString() => $"GetClusterShardingStats({Timeout})";
}

/// <summary>The figures of each region, by the address of its node.</summary>
public sealed class ClusterShardingStats(IImmutableDictionary<Address, ShardRegionStats> regions)
    : IClusterShardingSerializable, IEquatable<ClusterShardingStats>
{
    public readonly IImmutableDictionary<Address, ShardRegionStats> Regions = regions;

    public bool Equals(ClusterShardingStats? other) =>
        other is not null && Regions.Count == other.Regions.Count
        && Regions.All(each => other.Regions.TryGetValue(each.Key, out var stats) && each.Value.Equals(stats));

    public override bool Equals(object? obj) => Equals(obj as ClusterShardingStats);

    public override int GetHashCode() => Regions.Count;

    public override string ToString() =>
        $"ClusterShardingStats({string.Join(", ", Regions.Select(each => $"{each.Key}: {each.Value}"))})";
}
