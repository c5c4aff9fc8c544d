using System.Net;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Remote.Security;

namespace Akka.Remote;

/// <summary>Remoting as HOCON describes it, read once.</summary>
internal sealed record RemoteSettings
{
    internal required string Hostname { get; init; }

    internal required string PublicHostname { get; init; }

    internal required int Port { get; init; }

    internal required int FrameBytesMax { get; init; }

    internal required int SendQueueMessagesMax { get; init; }

    internal required long SendQueueBytesMax { get; init; }

    internal required int SystemMessagesMax { get; init; }

    internal required int ConnectionsMax { get; init; }

    internal required int UnprovenConnectionsMax { get; init; }

    /// <summary>How long the other end may leave unread what was sent.</summary>
    internal required TimeSpan StallMax { get; init; }

    internal required string SharedSecret { get; init; }

    /// <summary>Null: connections are not encrypted.</summary>
    internal required TlsSettings? Tls { get; init; }

    internal required TimeSpan ConnectTimeout { get; init; }

    internal required TimeSpan RetryAfter { get; init; }

    internal required TimeSpan HeartbeatInterval { get; init; }

    internal required TimeSpan HeartbeatPauseMax { get; init; }

    internal required TimeSpan NoticeInterval { get; init; }

    /// <summary>A node that was never met, and with which no connection comes about, gets engine messages for so long.
    /// </summary>
    internal required TimeSpan FirstDeliveryMax { get; init; }

    /// <summary>A node that is no member and is not connected is forgotten after this.</summary>
    internal required TimeSpan ForgetStrangerAfter { get; init; }

    /// <summary>A run of a node that was given up is forgotten after this.</summary>
    internal required TimeSpan PruneQuarantineAfter { get; init; }

    internal static RemoteSettings Read(Config config, ActorSystemSetup setup)
    {
        var tcp = config.GetConfig("akka.remote.dot-netty.tcp");
        var embedded = config.GetConfig("akka.remote.embedded");
        var hostname = tcp.GetString("hostname", "");
        var settings = new RemoteSettings
        {
            Hostname = hostname,
            PublicHostname = tcp.GetString("public-hostname", "") is { Length: > 0 } known ? known : hostname,
            Port = Port0(tcp.GetInt("port", 0)),
            FrameBytesMax = (int)Bytes(tcp, "maximum-frame-size", "akka.remote.dot-netty.tcp", int.MaxValue),
            SendQueueMessagesMax = Count(embedded, "send-queue-messages"),
            SendQueueBytesMax = Bytes(embedded, "send-queue-bytes", "akka.remote.embedded", long.MaxValue),
            SystemMessagesMax = Count(config.GetConfig("akka.remote"), "system-message-buffer-size"),
            ConnectionsMax = Count(embedded, "connections"),
            UnprovenConnectionsMax = Count(embedded, "unproven-connections"),
            StallMax = embedded.GetTimeSpan("stall-timeout", null, false),
            SharedSecret = embedded.GetString("shared-secret", ""),
            Tls = TlsSettings.Read(tcp, setup),
            ConnectTimeout = tcp.GetTimeSpan("connection-timeout"),
            RetryAfter = config.GetTimeSpan("akka.remote.retry-gate-closed-for"),
            HeartbeatInterval = config.GetTimeSpan("akka.remote.watch-failure-detector.heartbeat-interval"),
            HeartbeatPauseMax = config.GetTimeSpan("akka.remote.watch-failure-detector.acceptable-heartbeat-pause"),
            NoticeInterval = embedded.GetTimeSpan("notice-interval"),
            FirstDeliveryMax = config.GetTimeSpan("akka.remote.initial-system-message-delivery-timeout"),
            ForgetStrangerAfter = embedded.GetTimeSpan("forget-stranger-after"),
            PruneQuarantineAfter = config.GetTimeSpan("akka.remote.prune-quarantine-marker-after"),
        };
        settings.RefuseOpenDoor(embedded.GetBoolean("insecure"));
        return settings;
    }

    /// <summary>Whoever reaches the port can do anything, unless it must prove something first.</summary>
    private void RefuseOpenDoor(bool isInsecureOnPurpose)
    {
        if (isInsecureOnPurpose || SharedSecret.Length > 0 || Tls is { ProvesPeers: true } || IsLoopback(Hostname))
            return;
        var reason = Tls is null
            ? "it has neither a shared secret nor TLS"
            : "its TLS asks nobody for a certificate that it trusts, and it has no shared secret";
        throw new ConfigurationException(
            $"This node is to listen on '{Hostname}', where other machines reach it, but {reason}: anybody could make "
            + "it do anything. Set akka.remote.embedded.shared-secret, the same on all nodes, or "
            + "akka.remote.dot-netty.tcp.enable-ssl with a certificate; or say akka.remote.embedded.insecure = on.");
    }

    private static bool IsLoopback(string hostname) =>
        IPAddress.TryParse(hostname, out var address)
            ? IPAddress.IsLoopback(address)
            : hostname.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    private static int Port0(int port) => port is >= 0 and <= 65_535
        ? port
        : throw new ConfigurationException(
            $"akka.remote.dot-netty.tcp.port is {port}; a port is between 0 and 65535.");

    private static long Bytes(Config config, string key, string path, long max)
    {
        var bytes = config.GetByteSize(key, null) ?? 0;
        return bytes >= 1_024 && bytes <= max
            ? bytes
            : throw new ConfigurationException($"{path}.{key} is {bytes} bytes; it must be between 1024 and {max}.");
    }

    private static int Count(Config config, string key)
    {
        var count = config.GetInt(key);
        return count > 0
            ? count
            : throw new ConfigurationException($"akka.remote's {key} is {count}; it must be at least 1.");
    }
}
