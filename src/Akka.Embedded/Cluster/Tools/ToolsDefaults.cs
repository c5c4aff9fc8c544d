using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.Tools;

/// <summary>The defaults of this part, put below a system's settings once, by whoever needs them first.</summary>
internal sealed class ToolsDefaults : IExtension
{
    private ToolsDefaults(ExtendedActorSystem system) => system.Settings.InjectTopLevelFallback(Config);

    internal static Config Config { get; } =
        ConfigurationFactory.FromResource("Akka.Cluster.Tools.tools.conf", typeof(ToolsDefaults).Assembly);

    internal static Config Of(ActorSystem system, string path)
    {
        system.RegisterExtension(new Provider());
        return system.Settings.Config.GetConfig(path);
    }

    internal static string? Role(Config config) => config.GetString("role", "") is { Length: > 0 } role ? role : null;

    private sealed class Provider : ExtensionIdProvider<ToolsDefaults>
    {
        public override ToolsDefaults CreateExtension(ExtendedActorSystem system) => new(system);
    }
}
