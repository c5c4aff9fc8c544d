using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>The defaults of this part, put below a system's settings once, by whoever needs them first.</summary>
internal sealed class ShardingDefaults : IExtension
{
    internal const string Path = "akka.cluster.sharding";

    private ShardingDefaults(ExtendedActorSystem system) => system.Settings.InjectTopLevelFallback(Config);

    internal static Config Config { get; } = ConfigurationFactory.FromResource(
        "Akka.Cluster.Sharding.sharding.conf", typeof(ShardingDefaults).Assembly);

    internal static Config Of(ActorSystem system)
    {
        system.RegisterExtension(new Provider());
        return system.Settings.Config.GetConfig(Path);
    }

    private sealed class Provider : ExtensionIdProvider<ShardingDefaults>
    {
        public override ShardingDefaults CreateExtension(ExtendedActorSystem system) => new(system);
    }
}
