using ClusterScheduler.Core.Registry;
using ClusterScheduler.Framework.Frameworks;
using ClusterScheduler.Master;
using ClusterScheduler.Runtime.Delivery;
using ClusterScheduler.Runtime.Settings;
using ClusterScheduler.Services;

namespace ClusterScheduler.Cli.Nodes;

/// <summary>All settings of the product; one record for each section of <c>hocon/reference.conf</c>.</summary>
internal sealed record ClusterSettings(
    NodeSettings Node,
    MembershipSettings Cluster,
    StoreSettings Store,
    GatewaySettings Gateway,
    EdgeSettings Edge,
    MasterOptions Master,
    FrameworkOptions Framework,
    Backoff TaskRetry,
    AgentSettings Agent,
    ServicesSettings Services)
{
    /// <exception cref="SettingsException">Everything that is wrong with any of them.</exception>
    public static ClusterSettings Read(SettingsReader reader)
    {
        var settings = new ClusterSettings(
            NodeSettings.Read(reader),
            MembershipSettings.Read(reader),
            StoreSettings.Read(reader),
            GatewaySettings.Read(reader),
            EdgeSettings.Read(reader),
            MasterOf(reader.Section("master")),
            FrameworkOf(reader.Section("framework")),
            BackoffOf(reader.Section("task"), "retry"),
            AgentSettings.Read(reader),
            ServicesOptions.Read(reader));
        reader.Done();
        return settings;
    }

    private static MasterOptions MasterOf(SettingsReader section) => new(
        section.Duration("agent-ping-timeout", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10)),
        section.Count("max-agent-ping-timeouts", 1, 100),
        section.Duration("allocation-interval", TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(10)),
        section.Duration("confirm-after", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        section.Duration("retry", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
        section.Duration("agent-reregister-timeout", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)))
    {
        AgentRemovalRateLimit = RemovalRateOf(section, "agent-removal-rate-limit"),
        RecoveryAgentRemovalLimit = section.Number("recovery-agent-removal-limit", 0, 1),
        RegistryGcInterval = section.Duration(
            "registry-gc-interval", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
        RegistryMaxAgentAge = section.Duration(
            "registry-max-agent-age", TimeSpan.FromMinutes(1), TimeSpan.FromDays(365)),
        RegistryMaxAgentCount = section.Count("registry-max-agent-count", 0, 10_000_000),
        MaxCompletedFrameworks = section.Count("max-completed-frameworks", 0, 1_000_000),
        AuditInterval = section.Duration("audit-interval", TimeSpan.FromSeconds(1), TimeSpan.FromDays(1)),
        EventsPerSnapshot = section.Count("events-per-snapshot", 10, 1_000_000),
        Allocator = AllocatorOptions.Read(section.Section("allocator")),
        Reclaim = ReclaimOptions.Read(section.Section("reclaim")),
    };

    private static RemovalRate? RemovalRateOf(SettingsReader section, string key)
    {
        var text = section.Text(key, 100);
        if (text.Length == 0)
        {
            return null;
        }

        if (RemovalRate.TryParse(text, out var rate))
        {
            return rate;
        }

        section.Refuse(key, $"'{text}' is not AGENTS/DURATION, such as 1/10m or 100/1h");
        return null;
    }

    private static FrameworkOptions FrameworkOf(SettingsReader section) => new(
        section.Duration("retry", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1)),
        section.Duration("heartbeat", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10)),
        section.Count("ended-tasks-batch", 1, 10_000),
        section.Count("completed-tasks-max", 1, 1_000_000))
    {
        WakeInterval = section.Duration("wake-interval", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        EventsPerSnapshot = section.Count("events-per-snapshot", 10, 1_000_000),
    };

    /// <summary>NAME-min and NAME-max.</summary>
    public static Backoff BackoffOf(SettingsReader section, string name)
    {
        var least = section.Duration(name + "-min", TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        var most = section.Duration(name + "-max", TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1));
        if (most < least)
        {
            section.Refuse(name + "-max", $"it is less than {name}-min");
        }

        return new Backoff(least, most);
    }
}
