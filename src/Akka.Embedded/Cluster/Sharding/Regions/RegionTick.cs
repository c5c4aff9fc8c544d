using Akka.Actor;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>What a region reminds itself of.</summary>
internal sealed class RegionTick : IRegionMessage
{
    /// <summary>What was not answered is said again.</summary>
    internal static readonly RegionTick Retry = new(nameof(Retry));

    /// <summary>The coordinator is looked for again.</summary>
    internal static readonly RegionTick Find = new(nameof(Find));

    /// <summary>What is still kept by a region that leaves is given up.</summary>
    internal static readonly RegionTick GiveUp = new(nameof(GiveUp));

    private RegionTick(string key) => Key = key;

    internal string Key { get; }
}

/// <summary>A shard that failed is started again.</summary>
internal sealed record RestartShard(string Shard) : IRegionMessage;

/// <summary>What a region says to itself.</summary>
internal interface IRegionMessage : INoSerializationVerificationNeeded;
