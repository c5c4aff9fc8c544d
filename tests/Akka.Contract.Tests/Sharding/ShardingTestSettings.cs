using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Configuration;

namespace Akka.Contract.Tests.Sharding;

/// <summary>A cluster node of tests, quick to notice things.</summary>
internal static class ShardingTestSettings
{
    internal static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    internal static Config Config { get; } = ConfigurationFactory.ParseString("""
        akka.loglevel = WARNING
        akka.actor.provider = cluster
        akka.remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
        akka.cluster {
          roles = [host]
          sharding {
            state-store-mode = ddata
            distributed-data.durable.keys = []
            remember-entities-store = eventsourced
            retry-interval = 200ms
            rebalance-interval = 1s
            entity-restart-backoff = 500ms
            shard-failure-backoff = 500ms
            passivate-idle-entity-after = off
          }
        }
        akka.persistence.journal.plugin = "akka.persistence.journal.inmem"
        akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        """);

    internal static ClusterShardingSettings Of(ActorSystem system) =>
        ClusterShardingSettings.Create(system).WithRole("host");
}
