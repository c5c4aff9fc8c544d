using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Configuration;
using Akka.Persistence.Plugins;

namespace Akka.Coordination;

/// <summary>The leases of one actor system.</summary>
public class LeaseProvider : IExtension
{
    private readonly ConcurrentDictionary<(string Name, string Path, string Owner), Lazy<Lease>> _leases = new();
    private readonly ExtendedActorSystem _system;

    public LeaseProvider(ExtendedActorSystem system)
    {
        ArgumentNullException.ThrowIfNull(system);
        _system = system;
        system.Settings.InjectTopLevelFallback(DefaultConfig());
    }

    public static LeaseProvider Get(ActorSystem system) =>
        system.WithExtension<LeaseProvider, LeaseProviderExtensionProvider>();

    public static Config DefaultConfig() =>
        ConfigurationFactory.FromResource<LeaseProvider>("Akka.Coordination.reference.conf");

    /// <summary>The same lease for the same arguments.</summary>
    /// <param name="leaseName">What is leased.</param>
    /// <param name="configPath">HOCON path of the implementation's settings.</param>
    /// <param name="ownerName">Who asks; another incarnation under the same name is the same owner.</param>
    public Lease GetLease(string leaseName, string configPath, string ownerName) =>
        _leases.GetOrAdd((leaseName, configPath, ownerName), key => new Lazy<Lease>(() => Create(key))).Value;

    private Lease Create((string Name, string Path, string Owner) key)
    {
        var root = _system.Settings.Config;
        var config = root.GetConfig(key.Path)
                     ?? throw new ConfigurationException($"There is no lease '{key.Path}': nothing is set there.");
        var settings = LeaseSettings.Create(
            config.WithFallback(root.GetConfig("akka.coordination.lease")), key.Name, key.Owner);
        var setting = $"{key.Path}.lease-class";
        var type = PluginTypes.Resolve(settings.LeaseConfig.GetString("lease-class"), setting);
        var wide = type.GetConstructor([typeof(LeaseSettings), typeof(ExtendedActorSystem)]);
        var narrow = type.GetConstructor([typeof(LeaseSettings)]);
        return (wide?.Invoke([settings, _system]) ?? narrow?.Invoke([settings])) as Lease
               ?? throw new ConfigurationException(
                   $"{setting}: {type} must be a Lease with a constructor that takes LeaseSettings.");
    }
}

/// <summary>Gives a system its <see cref="LeaseProvider"/>.</summary>
public class LeaseProviderExtensionProvider : ExtensionIdProvider<LeaseProvider>
{
    public override LeaseProvider CreateExtension(ExtendedActorSystem system) => new(system);
}
