using Akka.Configuration;

namespace ClusterScheduler.Runtime.Settings;

/// <summary>Settings from all sources, merged, and where each was said.</summary>
/// <param name="Config">Product and engine, with the reference as fallback.</param>
/// <param name="Origins">Where each key that is not the default was written.</param>
public sealed record LoadedSettings(Config Config, IReadOnlyDictionary<string, SettingPosition> Origins)
{
    /// <summary>The product's settings, to be read by the records that parse them.</summary>
    public SettingsReader Reader() => SettingsReader.Of(this);
}
