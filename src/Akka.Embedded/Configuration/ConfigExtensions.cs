using System.Diagnostics.CodeAnalysis;

namespace Akka.Configuration;

public static class ConfigExtensions
{
    /// <summary>The configuration over its fallback; either of them may be null.</summary>
    public static Config SafeWithFallback(this Config? config, Config fallback) =>
        config is null || ReferenceEquals(config, fallback) ? fallback : config.WithFallback(fallback);

    public static bool IsNullOrEmpty([NotNullWhen(false)] this Config? config) => config is null || config.IsEmpty;
}
