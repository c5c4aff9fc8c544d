using Akka.Actor;
using Akka.Configuration;

namespace Akka.Cluster.Tools.Singleton;

/// <summary>How a singleton is found: <c>akka.cluster.singleton-proxy</c>.</summary>
public sealed class ClusterSingletonProxySettings : INoSerializationVerificationNeeded
{
    internal const int BufferSizeMax = 10_000;

    public ClusterSingletonProxySettings(
        string singletonName, string? role, TimeSpan singletonIdentificationInterval, int bufferSize,
        bool considerAppVersion)
    {
        if (string.IsNullOrEmpty(singletonName))
            throw new ArgumentNullException(nameof(singletonName), "A singleton needs a name (singleton-name).");
        if (bufferSize is < 0 or > BufferSizeMax)
            throw new ArgumentOutOfRangeException(
                nameof(bufferSize), $"buffer-size is {bufferSize}; it must be between 0 and {BufferSizeMax}.");
        if (singletonIdentificationInterval <= TimeSpan.Zero)
            throw new ArgumentException(
                $"singleton-identification-interval is {singletonIdentificationInterval}; it must be more than "
                + "nothing.");
        SingletonName = singletonName;
        Role = string.IsNullOrEmpty(role) ? null : role;
        SingletonIdentificationInterval = singletonIdentificationInterval;
        BufferSize = bufferSize;
        ConsiderAppVersion = considerAppVersion;
    }

    public string SingletonName { get; }

    /// <summary>Null: any node.</summary>
    public string? Role { get; }

    public TimeSpan SingletonIdentificationInterval { get; }

    public int BufferSize { get; }

    public bool ConsiderAppVersion { get; }

    public static ClusterSingletonProxySettings Create(ActorSystem system) =>
        Create(
            ToolsDefaults.Of(system, "akka.cluster.singleton-proxy"),
            ToolsDefaults.Of(system, "akka.cluster.singleton").GetBoolean("consider-app-version"));

    public static ClusterSingletonProxySettings Create(Config config, bool considerAppVersion)
    {
        if (config.IsNullOrEmpty())
            throw ConfigurationException.NullOrEmptyConfig<ClusterSingletonProxySettings>(
                "akka.cluster.singleton-proxy");
        return new ClusterSingletonProxySettings(
            config.GetString("singleton-name"), ToolsDefaults.Role(config),
            config.GetTimeSpan("singleton-identification-interval", TimeSpan.FromSeconds(1), false),
            config.GetInt("buffer-size", 1_000), considerAppVersion);
    }

    public ClusterSingletonProxySettings WithSingletonName(string singletonName) =>
        new(singletonName, Role, SingletonIdentificationInterval, BufferSize, ConsiderAppVersion);

    public ClusterSingletonProxySettings WithRole(string? role) =>
        new(SingletonName, role, SingletonIdentificationInterval, BufferSize, ConsiderAppVersion);

    public ClusterSingletonProxySettings WithSingletonIdentificationInterval(TimeSpan interval) =>
        new(SingletonName, Role, interval, BufferSize, ConsiderAppVersion);

    public ClusterSingletonProxySettings WithBufferSize(int bufferSize) =>
        new(SingletonName, Role, SingletonIdentificationInterval, bufferSize, ConsiderAppVersion);
}
