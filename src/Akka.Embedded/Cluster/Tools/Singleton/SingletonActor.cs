using Akka.Actor;
using Akka.Util;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>What <see cref="ClusterSingleton"/> runs once in the cluster.</summary>
public class SingletonActor
{
    private SingletonActor(
        string name, Props props, Option<object> stopMessage, Option<ClusterSingletonSettings> settings)
    {
        Name = name;
        Props = props;
        StopMessage = stopMessage;
        Settings = settings;
    }

    public string Name { get; }

    public Props Props { get; }

    /// <summary>Told to it when its node leaves; without one, <see cref="PoisonPill"/>.</summary>
    public Option<object> StopMessage { get; }

    public Option<ClusterSingletonSettings> Settings { get; }

    public static SingletonActor Create(Props props, string name) =>
        new(name, props, Option<object>.None, Option<ClusterSingletonSettings>.None);

    public SingletonActor WithProps(Props props) => new(Name, props, StopMessage, Settings);

    public SingletonActor WithStopMessage(object stopMessage) =>
        new(Name, Props, new Option<object>(stopMessage), Settings);

    public SingletonActor WithSettings(ClusterSingletonSettings settings) =>
        new(Name, Props, StopMessage, new Option<ClusterSingletonSettings>(settings));
}
