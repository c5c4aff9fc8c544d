using Akka.Actor;
using Akka.Configuration;
using Akka.Coordination;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>How <see cref="ClusterSingleton"/> runs and finds a singleton.</summary>
public class ClusterSingletonSettings : INoSerializationVerificationNeeded
{
    private readonly ClusterSingletonManagerSettings _manager;
    private readonly ClusterSingletonProxySettings _proxy;

    private ClusterSingletonSettings(ClusterSingletonManagerSettings manager, ClusterSingletonProxySettings proxy)
    {
        _manager = manager;
        _proxy = proxy;
    }

    public string? Role => _manager.Role;

    public TimeSpan SingletonIdentificationInterval => _proxy.SingletonIdentificationInterval;

    public TimeSpan RemovalMargin => _manager.RemovalMargin;

    public TimeSpan HandOverRetryInterval => _manager.HandOverRetryInterval;

    public int BufferSize => _proxy.BufferSize;

    public LeaseUsageSettings? LeaseSettings => _manager.LeaseSettings;

    public bool ConsiderAppVersion => _manager.ConsiderAppVersion;

    public static ClusterSingletonSettings Create(ActorSystem system)
    {
        ToolsDefaults.Of(system, "akka.cluster");
        return Create(system.Settings.Config);
    }

    /// <param name="config">The settings of the whole system.</param>
    public static ClusterSingletonSettings Create(Config config)
    {
        var manager = ClusterSingletonManagerSettings.Create(config.GetConfig("akka.cluster.singleton"));
        return new ClusterSingletonSettings(
            manager, ClusterSingletonProxySettings.Create(
                config.GetConfig("akka.cluster.singleton-proxy"), manager.ConsiderAppVersion));
    }

    public ClusterSingletonSettings WithRole(string? role) => new(_manager.WithRole(role), _proxy.WithRole(role));

    public ClusterSingletonSettings WithRemovalMargin(TimeSpan removalMargin) =>
        new(_manager.WithRemovalMargin(removalMargin), _proxy);

    public ClusterSingletonSettings WithHandOverRetryInterval(TimeSpan handOverRetryInterval) =>
        new(_manager.WithHandOverRetryInterval(handOverRetryInterval), _proxy);

    public ClusterSingletonSettings WithLeaseSettings(LeaseUsageSettings? leaseSettings) =>
        new(_manager.WithLeaseSettings(leaseSettings), _proxy);

    public override string ToString() =>
        $"role '{Role}', looked for every {SingletonIdentificationInterval}, {BufferSize} messages kept, "
        + (LeaseSettings?.ToString() ?? "no lease");

    internal ClusterSingletonManagerSettings ForManager(string singletonName) =>
        _manager.WithSingletonName(singletonName);

    internal ClusterSingletonProxySettings ForProxy(string singletonName) =>
        _proxy.WithSingletonName(singletonName).WithRole(Role);
}
