using Akka.Actor;
using Akka.Cluster.Sharding.Internal;
using Akka.Cluster.Tools.Singleton;
using Akka.Configuration;
using Akka.Coordination;

namespace Akka.Cluster.Sharding;

/// <summary>How the entities of one type are spread: <c>akka.cluster.sharding</c> with what a type has else.</summary>
public sealed class ClusterShardingSettings : INoSerializationVerificationNeeded
{
    public ClusterShardingSettings(
        string? role, bool rememberEntities, string journalPluginId, string snapshotPluginId,
        TimeSpan passivateIdleEntityAfter, StateStoreMode stateStoreMode, RememberEntitiesStore rememberEntitiesStore,
        TimeSpan shardRegionQueryTimeout, TuningParameters tuningParameters,
        ClusterSingletonManagerSettings coordinatorSingletonSettings, LeaseUsageSettings? leaseSettings)
    {
        ArgumentNullException.ThrowIfNull(tuningParameters);
        Role = string.IsNullOrEmpty(role) ? null : role;
        RememberEntities = rememberEntities;
        JournalPluginId = journalPluginId ?? "";
        SnapshotPluginId = snapshotPluginId ?? "";
        PassivateIdleEntityAfter = passivateIdleEntityAfter;
        StateStoreMode = stateStoreMode;
        RememberEntitiesStore = rememberEntitiesStore;
        ShardRegionQueryTimeout = shardRegionQueryTimeout;
        TuningParameters = tuningParameters;
        CoordinatorSingletonSettings = coordinatorSingletonSettings;
        LeaseSettings = leaseSettings;
    }

    public ClusterShardingSettings(
        string? role, bool rememberEntities, string journalPluginId, string snapshotPluginId,
        TimeSpan passivateIdleEntityAfter, StateStoreMode stateStoreMode, TuningParameters tuningParameters,
        ClusterSingletonManagerSettings coordinatorSingletonSettings, LeaseUsageSettings? leaseSettings)
        : this(
            role, rememberEntities, journalPluginId, snapshotPluginId, passivateIdleEntityAfter, stateStoreMode,
            RememberEntitiesStore.Eventsourced, TimeSpan.FromSeconds(3), tuningParameters,
            coordinatorSingletonSettings, leaseSettings)
    {
    }

    public ClusterShardingSettings(
        string? role, bool rememberEntities, string journalPluginId, string snapshotPluginId,
        TimeSpan passivateIdleEntityAfter, StateStoreMode stateStoreMode, TuningParameters tuningParameters,
        ClusterSingletonManagerSettings coordinatorSingletonSettings)
        : this(
            role, rememberEntities, journalPluginId, snapshotPluginId, passivateIdleEntityAfter, stateStoreMode,
            tuningParameters, coordinatorSingletonSettings, null)
    {
    }

    /// <summary>Entities live on members with this role; null: on any.</summary>
    public string? Role { get; private set; }

    public bool RememberEntities { get; private set; }

    public string JournalPluginId { get; private set; }

    public string SnapshotPluginId { get; private set; }

    /// <summary>Zero: never.</summary>
    public TimeSpan PassivateIdleEntityAfter { get; private set; }

    public StateStoreMode StateStoreMode { get; private set; }

    public RememberEntitiesStore RememberEntitiesStore { get; private set; }

    public TimeSpan ShardRegionQueryTimeout { get; private set; }

    public TuningParameters TuningParameters { get; private set; }

    public ClusterSingletonManagerSettings CoordinatorSingletonSettings { get; private set; }

    public LeaseUsageSettings? LeaseSettings { get; private set; }

    internal bool PassivatesIdleEntities => PassivateIdleEntityAfter > TimeSpan.Zero && !RememberEntities;

    public static ClusterShardingSettings Create(ActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        var config = ShardingDefaults.Of(system);
        ClusterSingletonManagerSettings.Create(system);
        return Create(config, system.Settings.Config.GetConfig(config.GetString("coordinator-singleton")));
    }

    /// <param name="config"><c>akka.cluster.sharding</c>.</param>
    /// <param name="singletonConfig"><c>akka.cluster.singleton</c>.</param>
    public static ClusterShardingSettings Create(Config config, Config singletonConfig)
    {
        ArgumentNullException.ThrowIfNull(config);
        return ShardingConfigReader.Read(config, singletonConfig);
    }

    /// <summary>Also of the coordinator.</summary>
    public ClusterShardingSettings WithRole(string? role)
    {
        var named = string.IsNullOrEmpty(role) ? null : role;
        return With(copy =>
        {
            copy.Role = named;
            copy.CoordinatorSingletonSettings = CoordinatorSingletonSettings.WithRole(named);
        });
    }

    public ClusterShardingSettings WithRememberEntities(bool rememberEntities) =>
        With(copy => copy.RememberEntities = rememberEntities);

    public ClusterShardingSettings WithJournalPluginId(string journalPluginId) =>
        With(copy => copy.JournalPluginId = journalPluginId ?? "");

    public ClusterShardingSettings WithSnapshotPluginId(string snapshotPluginId) =>
        With(copy => copy.SnapshotPluginId = snapshotPluginId ?? "");

    public ClusterShardingSettings WithTuningParameters(TuningParameters tuningParameters)
    {
        ArgumentNullException.ThrowIfNull(tuningParameters);
        return With(copy => copy.TuningParameters = tuningParameters);
    }

    public ClusterShardingSettings WithStateStoreMode(StateStoreMode mode) =>
        With(copy => copy.StateStoreMode = mode);

    /// <param name="duration">Zero: never.</param>
    public ClusterShardingSettings WithPassivateIdleAfter(TimeSpan duration) =>
        With(copy => copy.PassivateIdleEntityAfter = duration);

    public ClusterShardingSettings WithLeaseSettings(LeaseUsageSettings? leaseSettings) =>
        With(copy => copy.LeaseSettings = leaseSettings);

    public ClusterShardingSettings WithCoordinatorSingletonSettings(
        ClusterSingletonManagerSettings coordinatorSingletonSettings)
    {
        ArgumentNullException.ThrowIfNull(coordinatorSingletonSettings);
        return With(copy => copy.CoordinatorSingletonSettings = coordinatorSingletonSettings);
    }

    private ClusterShardingSettings With(Action<ClusterShardingSettings> change)
    {
        var copy = (ClusterShardingSettings)MemberwiseClone();
        change(copy);
        return copy;
    }
}
