using Akka.Configuration;

namespace ClusterScheduler.Protocol.Wire;

/// <summary>The settings that register the serializers with an actor system, on both engines.</summary>
public static class WireSettings
{
    private const string Resource = "ClusterScheduler.engine.common.conf";

    private static readonly Lazy<Config> Parsed = new(static () =>
    {
        using var stream = typeof(WireSettings).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(stream);
        return ConfigurationFactory.ParseString(reader.ReadToEnd());
    });

    /// <summary><c>hocon/engine/common.conf</c>; a fallback of every node's configuration.</summary>
    public static Config Config => Parsed.Value;
}
