using Akka.Configuration;

namespace Akka.Remote;

internal static class RemoteDefaults
{
    internal static Config Config { get; } =
        ConfigurationFactory.FromResource("Akka.Remote.remote.conf", typeof(RemoteDefaults).Assembly);
}
