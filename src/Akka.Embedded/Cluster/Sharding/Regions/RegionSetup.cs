using Akka.Actor;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>What a region is made of.</summary>
/// <param name="EntityProps">Null: the region is a proxy and hosts nothing.</param>
internal sealed record RegionSetup(
    string TypeName, Func<string, Props>? EntityProps, ClusterShardingSettings Settings, IMessageExtractor Extractor,
    object StopMessage, ShardingNode Node);
