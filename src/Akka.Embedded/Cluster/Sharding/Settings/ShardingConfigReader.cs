using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;
using Akka.Coordination;

namespace Akka.Cluster.Sharding.Internal;

/// <summary><c>akka.cluster.sharding</c> as HOCON has it, read once, with the key in every complaint.</summary>
internal static class ShardingConfigReader
{
    internal static ClusterShardingSettings Read(Config config, Config singletonConfig)
    {
        var role = config.GetString("role", "") is { Length: > 0 } named ? named : null;
        var singleton = ClusterSingletonManagerSettings.Create(singletonConfig);
        if (config.GetBoolean("coordinator-singleton-role-override", true))
            singleton = singleton.WithRole(role);
        return new ClusterShardingSettings(
            role, config.GetBoolean("remember-entities"), config.GetString("journal-plugin-id", ""),
            config.GetString("snapshot-plugin-id", ""), IdleAfter(config), StateStore(config), EntityStore(config),
            config.GetTimeSpan("shard-region-query-timeout"), Tuning(config), singleton, Lease(config));
    }

    private static TuningParameters Tuning(Config config)
    {
        var rate = config.GetConfig("entity-recovery-constant-rate-strategy");
        var least = config.GetConfig("least-shard-allocation-strategy");
        var state = config.GetConfig("coordinator-state");
        return new TuningParameters(
            config.GetTimeSpan("coordinator-failure-backoff"), config.GetTimeSpan("retry-interval"),
            config.GetInt("buffer-size"), config.GetTimeSpan("handoff-timeout"),
            config.GetTimeSpan("shard-start-timeout"), config.GetTimeSpan("shard-failure-backoff"),
            config.GetTimeSpan("entity-restart-backoff"), config.GetTimeSpan("rebalance-interval"),
            config.GetInt("snapshot-after"), config.GetInt("keep-nr-of-batches"),
            least.GetInt("rebalance-threshold"), least.GetInt("max-simultaneous-rebalance"),
            config.GetTimeSpan("waiting-for-state-timeout"), config.GetTimeSpan("updating-state-timeout"),
            config.GetString("entity-recovery-strategy"), rate.GetTimeSpan("frequency"),
            rate.GetInt("number-of-entities"), state.GetInt("write-majority-plus"),
            state.GetInt("read-majority-plus"), least.GetInt("rebalance-absolute-limit"),
            least.GetDouble("rebalance-relative-limit"));
    }

    private static TimeSpan IdleAfter(Config config) =>
        config.GetString("passivate-idle-entity-after", "off").ToLowerInvariant() is "off" or "false"
            ? TimeSpan.Zero
            : config.GetTimeSpan("passivate-idle-entity-after");

    private static StateStoreMode StateStore(Config config) =>
        config.GetString("state-store-mode", "ddata").ToLowerInvariant() switch
        {
            "persistence" => StateStoreMode.Persistence,
            "ddata" => StateStoreMode.DData,
            "custom" => StateStoreMode.Custom,
            var other => throw new ConfigurationException(
                $"{ShardingDefaults.Path}.state-store-mode is '{other}'; it must be ddata or persistence."),
        };

    private static RememberEntitiesStore EntityStore(Config config) =>
        config.GetString("remember-entities-store", "eventsourced").ToLowerInvariant() switch
        {
            "eventsourced" => RememberEntitiesStore.Eventsourced,
            "ddata" => RememberEntitiesStore.DData,
            "custom" => RememberEntitiesStore.Custom,
            var other => throw new ConfigurationException(
                $"{ShardingDefaults.Path}.remember-entities-store is '{other}'; it must be eventsourced."),
        };

    private static LeaseUsageSettings? Lease(Config config) =>
        config.GetString("use-lease", "") is { Length: > 0 } path
            ? new LeaseUsageSettings(path, config.GetTimeSpan("lease-retry-interval"))
            : null;
}
