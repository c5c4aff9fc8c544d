using ClusterScheduler.Gateway.Edge;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>Where a member takes agents that are none, as the settings want it.</summary>
internal static class EdgeDoor
{
    /// <summary>None when it takes none; what is wrong is refused.</summary>
    public static EdgeListenOptions? Of(EdgeSettings settings, string secret, bool isInsecure, SettingsReader section)
    {
        if (settings.Listen.Length == 0
            || Doors.Address(settings.Listen, section, out var isLoopback) is not { } listen)
        {
            return null;
        }

        var certificate = Doors.Certificate(settings.CertificateFile, settings.KeyFile, section);
        if (!isLoopback && !isInsecure && (certificate is null || secret.Length == 0))
        {
            section.Refuse("listen",
                $"{listen.Address} can be reached from other machines: it needs a shared secret (--secret-file) and "
                + "TLS (edge.certificate-file), or --insecure");
        }

        return new EdgeListenOptions(listen, secret)
        {
            Certificate = certificate,
            SessionsMax = settings.SessionsMax,
        };
    }
}
