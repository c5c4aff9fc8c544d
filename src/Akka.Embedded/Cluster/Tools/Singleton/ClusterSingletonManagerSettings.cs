using Akka.Actor;
using Akka.Configuration;
using Akka.Coordination;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>How a singleton is run: <c>akka.cluster.singleton</c>.</summary>
public sealed class ClusterSingletonManagerSettings : INoSerializationVerificationNeeded
{
    public ClusterSingletonManagerSettings(
        string singletonName, string? role, TimeSpan removalMargin, TimeSpan handOverRetryInterval,
        bool considerAppVersion)
        : this(singletonName, role, removalMargin, handOverRetryInterval, null, considerAppVersion)
    {
    }

    public ClusterSingletonManagerSettings(
        string singletonName, string? role, TimeSpan removalMargin, TimeSpan handOverRetryInterval,
        LeaseUsageSettings? leaseSettings, bool considerAppVersion)
    {
        if (string.IsNullOrWhiteSpace(singletonName))
            throw new ArgumentNullException(nameof(singletonName), "A singleton needs a name (singleton-name).");
        if (removalMargin < TimeSpan.Zero)
            throw new ArgumentException($"The removal margin is {removalMargin}; it cannot be negative.");
        if (handOverRetryInterval <= TimeSpan.Zero)
            throw new ArgumentException(
                $"hand-over-retry-interval is {handOverRetryInterval}; it must be more than nothing.");
        SingletonName = singletonName;
        Role = string.IsNullOrEmpty(role) ? null : role;
        RemovalMargin = removalMargin;
        HandOverRetryInterval = handOverRetryInterval;
        LeaseSettings = leaseSettings;
        ConsiderAppVersion = considerAppVersion;
    }

    public string SingletonName { get; }

    /// <summary>Null: any node.</summary>
    public string? Role { get; }

    /// <summary>How long after the removal of a member that was downed the next one starts the singleton.</summary>
    public TimeSpan RemovalMargin { get; }

    public TimeSpan HandOverRetryInterval { get; }

    public LeaseUsageSettings? LeaseSettings { get; }

    public bool ConsiderAppVersion { get; }

    public static ClusterSingletonManagerSettings Create(ActorSystem system) =>
        Create(ToolsDefaults.Of(system, "akka.cluster.singleton"));

    public static ClusterSingletonManagerSettings Create(Config config)
    {
        if (config.IsNullOrEmpty())
            throw ConfigurationException.NullOrEmptyConfig<ClusterSingletonManagerSettings>("akka.cluster.singleton");
        var lease = config.GetString("use-lease", "") is { Length: > 0 } path
            ? new LeaseUsageSettings(path, config.GetTimeSpan("lease-retry-interval", TimeSpan.FromSeconds(5), false))
            : null;
        return new ClusterSingletonManagerSettings(
            config.GetString("singleton-name"), ToolsDefaults.Role(config), TimeSpan.Zero,
            config.GetTimeSpan("hand-over-retry-interval", TimeSpan.FromSeconds(1), false), lease,
            config.GetBoolean("consider-app-version"));
    }

    public ClusterSingletonManagerSettings WithSingletonName(string singletonName) =>
        new(singletonName, Role, RemovalMargin, HandOverRetryInterval, LeaseSettings, ConsiderAppVersion);

    public ClusterSingletonManagerSettings WithRole(string? role) =>
        new(SingletonName, role, RemovalMargin, HandOverRetryInterval, LeaseSettings, ConsiderAppVersion);

    public ClusterSingletonManagerSettings WithRemovalMargin(TimeSpan removalMargin) =>
        new(SingletonName, Role, removalMargin, HandOverRetryInterval, LeaseSettings, ConsiderAppVersion);

    public ClusterSingletonManagerSettings WithHandOverRetryInterval(TimeSpan handOverRetryInterval) =>
        new(SingletonName, Role, RemovalMargin, handOverRetryInterval, LeaseSettings, ConsiderAppVersion);

    public ClusterSingletonManagerSettings WithLeaseSettings(LeaseUsageSettings? leaseSettings) =>
        new(SingletonName, Role, RemovalMargin, HandOverRetryInterval, leaseSettings, ConsiderAppVersion);
}
