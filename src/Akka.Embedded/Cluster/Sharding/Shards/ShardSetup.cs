using Akka.Actor;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>What a shard is made of.</summary>
internal sealed record ShardSetup(
    string TypeName, string Shard, Func<string, Props> EntityProps, ClusterShardingSettings Settings,
    IMessageExtractor Extractor, object StopMessage);
