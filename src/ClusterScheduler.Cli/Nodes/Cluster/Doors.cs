using System.Net;
using System.Security.Cryptography;
using ClusterScheduler.Gateway.Security;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>What the settings of every address have in common at which a node listens with HTTP.</summary>
internal static class Doors
{
    /// <summary>An address of this machine; what is none is refused.</summary>
    public static IPEndPoint? Address(string listen, SettingsReader section, out bool isLoopback)
    {
        isLoopback = true;
        if (!ListenAddress.TryParse(listen, out var address) || !TryIp(address.Host, out var ip)
            || !listen.EndsWith($":{address.Port}", StringComparison.Ordinal))
        {
            section.Refuse("listen", $"'{listen}' is no address: write IP:PORT, such as 10.0.0.1:4054");
            return null;
        }

        isLoopback = address.IsLoopback;
        return new IPEndPoint(ip, address.Port);
    }

    /// <summary>The section's certificate-file and key-file; none when there is none.</summary>
    public static ServerCertificate? Certificate(string certificateFile, string keyFile, SettingsReader section)
    {
        if (certificateFile.Length == 0)
        {
            return null;
        }

        try
        {
            return ServerCertificate.OfPem(certificateFile, keyFile.Length > 0 ? keyFile : null);
        }
        catch (Exception wrong) when (wrong is CryptographicException or IOException or UnauthorizedAccessException
            or ArgumentException)
        {
            section.Refuse("certificate-file", $"'{certificateFile}' cannot be used: {wrong.Message}");
            return null;
        }
    }

    private static bool TryIp(string host, out IPAddress address)
    {
        address = IPAddress.Loopback;
        return host == "localhost" || IPAddress.TryParse(host, out address!);
    }
}
