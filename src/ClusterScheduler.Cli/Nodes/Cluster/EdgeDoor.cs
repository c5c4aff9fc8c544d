using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using ClusterScheduler.Gateway.Edge;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>Where a member takes agents that are none, as the settings want it.</summary>
internal static class EdgeDoor
{
    /// <summary>None when it takes none; what is wrong is refused.</summary>
    public static EdgeListenOptions? Of(EdgeSettings settings, string secret, bool isInsecure, SettingsReader section)
    {
        if (settings.Listen.Length == 0)
        {
            return null;
        }

        if (!ListenAddress.TryParse(settings.Listen, out var listen) || !TryAddress(listen.Host, out var ip))
        {
            section.Refuse("listen", $"'{settings.Listen}' is no address: write IP:PORT, such as 10.0.0.1:4054");
            return null;
        }

        var certificate = CertificateOf(settings, section);
        if (!listen.IsLoopback && !isInsecure && (certificate is null || secret.Length == 0))
        {
            section.Refuse("listen",
                $"{listen.Host} can be reached from other machines: it needs a shared secret (--secret-file) and TLS "
                + "(edge.certificate-file), or --insecure");
        }

        return new EdgeListenOptions(new IPEndPoint(ip, listen.Port), secret)
        {
            Certificate = certificate,
            SessionsMax = settings.SessionsMax,
        };
    }

    private static bool TryAddress(string host, out IPAddress address)
    {
        address = IPAddress.Loopback;
        return host == "localhost" || IPAddress.TryParse(host, out address!);
    }

    private static X509Certificate2? CertificateOf(EdgeSettings settings, SettingsReader section)
    {
        if (settings.CertificateFile.Length == 0)
        {
            return null;
        }

        try
        {
            return X509Certificate2.CreateFromPemFile(
                settings.CertificateFile, settings.KeyFile.Length > 0 ? settings.KeyFile : null);
        }
        catch (Exception wrong) when (wrong is CryptographicException or IOException or UnauthorizedAccessException
            or ArgumentException)
        {
            section.Refuse("certificate-file", $"'{settings.CertificateFile}' cannot be used: {wrong.Message}");
            return null;
        }
    }
}
