using Akka.Configuration;

namespace Akka.Coordination;

/// <summary>Which lease, for whom, with which times.</summary>
public sealed class LeaseSettings(
    string leaseName, string ownerName, TimeoutSettings timeoutSettings, Config leaseConfig)
{
    public string LeaseName { get; } = leaseName;

    public string OwnerName { get; } = ownerName;

    public TimeoutSettings TimeoutSettings { get; } = timeoutSettings;

    public Config LeaseConfig { get; } = leaseConfig;

    public static LeaseSettings Create(Config config, string leaseName, string ownerName) => config.IsNullOrEmpty()
        ? throw ConfigurationException.NullOrEmptyConfig<LeaseSettings>()
        : new LeaseSettings(leaseName, ownerName, TimeoutSettings.Create(config), config);

    public LeaseSettings WithTimeoutSettings(TimeoutSettings timeoutSettings) =>
        new(LeaseName, OwnerName, timeoutSettings, LeaseConfig);

    public override string ToString() => $"lease '{LeaseName}' for '{OwnerName}', {TimeoutSettings}";
}
