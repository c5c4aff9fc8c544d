using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>Runs singletons and finds them, without a manager and a proxy made by hand.</summary>
public class ClusterSingleton : IExtension
{
    private readonly ConcurrentDictionary<string, Lazy<IActorRef>> _proxies = new(StringComparer.Ordinal);
    private readonly Lazy<ClusterSingletonSettings> _settings;
    private readonly ExtendedActorSystem _system;

    public ClusterSingleton(ExtendedActorSystem system)
    {
        _system = system;
        _settings = new Lazy<ClusterSingletonSettings>(() => ClusterSingletonSettings.Create(system));
    }

    public static ClusterSingleton Get(ActorSystem system) =>
        system.WithExtension<ClusterSingleton, ClusterSingletonProvider>();

    /// <summary>
    /// Starts a manager, if this node has the role, and gives a proxy. Again with the same name: the same proxy.
    /// </summary>
    public IActorRef Init(SingletonActor singleton)
    {
        ArgumentNullException.ThrowIfNull(singleton);
        var settings = singleton.Settings.GetOrElse(_settings.Value);
        return _proxies.GetOrAdd(singleton.Name, _ => new Lazy<IActorRef>(() => Start(singleton, settings))).Value;
    }

    private IActorRef Start(SingletonActor singleton, ClusterSingletonSettings settings)
    {
        var managerName = $"singletonManager{singleton.Name}";
        if (settings.Role is not { } role || Cluster.Get(_system).SelfRoles.Contains(role))
            _system.SystemActorOf(
                ClusterSingletonManager.Props(
                    singleton.Props, singleton.StopMessage.GetOrElse(PoisonPill.Instance),
                    settings.ForManager(singleton.Name)), managerName);
        else
            _system.Log.Debug("Singleton {0} does not run here: this node has not the role {1}.", singleton.Name, role);
        return _system.SystemActorOf(
            ClusterSingletonProxy.Props($"/system/{managerName}", settings.ForProxy(singleton.Name)),
            $"singletonProxy{singleton.Name}");
    }
}

/// <summary>Gives a system its <see cref="ClusterSingleton"/>.</summary>
public class ClusterSingletonProvider : ExtensionIdProvider<ClusterSingleton>
{
    public override ClusterSingleton CreateExtension(ExtendedActorSystem system) => new(system);
}
