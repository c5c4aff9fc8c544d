using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Sharding;

/// <summary>Asks for the nodes whose regions the coordinator knows; answered by <see cref="CurrentRegions"/>.</summary>
public sealed class GetCurrentRegions : IShardRegionQuery, IClusterShardingSerializable
{
    public static readonly GetCurrentRegions Instance = new();

    private GetCurrentRegions()
    {
    }

    public override string ToString() => "GetCurrentRegions";
}

/// <summary>The nodes that have a region of this type.</summary>
public sealed class CurrentRegions(IImmutableSet<Address> regions)
    : IClusterShardingSerializable, IEquatable<CurrentRegions>
{
    public readonly IImmutableSet<Address> Regions = regions;

    public bool Equals(CurrentRegions? other) => other is not null && Regions.SetEquals(other.Regions);

    public override bool Equals(object? obj) => Equals(obj as CurrentRegions);

    public override int GetHashCode() => Regions.Count;

    public override string ToString() => $"CurrentRegions({string.Join(", ", Regions)})";
}
