using System.Net;
using ClusterScheduler.Gateway;
using ClusterScheduler.Gateway.Security;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>Where a node's gateway serves other machines, and with which token, as the settings want it.</summary>
internal static class GatewayDoor
{
    /// <summary>None when it serves this machine only; what is wrong is refused.</summary>
    public static GatewayListenOptions? Of(
        GatewaySettings settings, NodeSettings node, string publicHost, SettingsReader section)
    {
        if (settings.Listen.Length == 0
            || Doors.Address(settings.Listen, section, out var isLoopback) is not { } listen)
        {
            return null;
        }

        var certificate = Doors.Certificate(settings.CertificateFile, settings.KeyFile, section);
        if (!isLoopback && !node.Insecure && certificate is null)
        {
            section.Refuse("listen",
                $"{listen.Address} can be reached from other machines, and without TLS others on the way would read "
                + "the token: it needs gateway.certificate-file, or --insecure");
        }

        return new GatewayListenOptions(listen)
        {
            Certificate = certificate,
            Names = [.. new[] { publicHost, node.Hostname, Dns.GetHostName() }.Where(static name => name.Length > 0)
                .Distinct(StringComparer.OrdinalIgnoreCase)],
        };
    }

    /// <summary>The operator's token; none: the node has one of its own.</summary>
    public static BearerToken? TokenOf(GatewaySettings settings, SettingsReader section)
    {
        if (settings.TokenFile.Length == 0)
        {
            return null;
        }

        try
        {
            var text = File.ReadAllText(settings.TokenFile).Trim();
            if (BearerToken.IsGood(text))
            {
                return BearerToken.OfText(text);
            }

            section.Refuse("token-file",
                $"'{settings.TokenFile}' has no token: one of at least {BearerToken.LengthMin} characters, without "
                + "spaces, is wanted (openssl rand -hex 32)");
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            section.Refuse("token-file", $"'{settings.TokenFile}' cannot be read: {wrong.Message}");
        }

        return null;
    }
}
