using Akka.Configuration;

namespace Akka.Remote;

/// <summary>Remoting as HOCON describes it, read once.</summary>
internal sealed record RemoteSettings(
    string Hostname, string PublicHostname, int Port, int FrameBytesMax, int SendQueueMessagesMax, string SharedSecret,
    TimeSpan ConnectTimeout, TimeSpan RetryAfter, TimeSpan HeartbeatInterval, TimeSpan HeartbeatPauseMax)
{
    internal static RemoteSettings Read(Config config)
    {
        var tcp = config.GetConfig("akka.remote.dot-netty.tcp");
        var embedded = config.GetConfig("akka.remote.embedded");
        var hostname = tcp.GetString("hostname", "");
        var frame = tcp.GetByteSize("maximum-frame-size", 128_000) ?? 128_000;
        if (frame is < 1_024 or > int.MaxValue)
            throw new ConfigurationException(
                $"akka.remote.dot-netty.tcp.maximum-frame-size is {frame} bytes; it must be between 1 KiB and 2 GiB.");
        var port = tcp.GetInt("port", 0);
        if (port is < 0 or > 65_535)
            throw new ConfigurationException(
                $"akka.remote.dot-netty.tcp.port is {port}; a port is between 0 and 65535.");
        return new RemoteSettings(
            hostname, tcp.GetString(
                "public-hostname", "") is { Length: > 0 } known ? known : hostname, port, (int)frame,
            embedded.GetInt("send-queue-messages"), embedded.GetString("shared-secret", ""),
            tcp.GetTimeSpan("connection-timeout"), config.GetTimeSpan("akka.remote.retry-gate-closed-for"),
            config.GetTimeSpan("akka.remote.watch-failure-detector.heartbeat-interval"),
            config.GetTimeSpan("akka.remote.watch-failure-detector.acceptable-heartbeat-pause"));
    }
}
