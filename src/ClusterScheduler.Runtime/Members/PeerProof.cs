using Akka.Configuration;
using Akka.Remote;

namespace ClusterScheduler.Runtime.Members;

/// <summary>
/// Whether TLS between nodes proves who connects. It does when both ends must show a certificate and this one looks at
/// it; encryption alone keeps nobody out.
/// </summary>
internal static class PeerProof
{
    private const string Suppress = "akka.remote.dot-netty.tcp.ssl.suppress-validation";
    private const string Mutual = "akka.remote.dot-netty.tcp.ssl.require-mutual-authentication";

    /// <summary>Why it is none; null: it is one.</summary>
    /// <param name="config">The node's, with all that stands above the engine's settings.</param>
    /// <param name="since">The engine's first version that asks those who connect for a certificate; empty: each
    /// does.</param>
    public static string? WhyNone(Config config, string since) =>
        WhyNone(config, since, typeof(AssociationErrorEvent).Assembly.GetName().Version ?? new Version());

    internal static string? WhyNone(Config config, string since, Version engine)
    {
        if (!SeedAddress.IsEncrypted(config))
        {
            return $"it has no TLS ({SeedAddress.TlsKey})";
        }

        if (SeedAddress.IsOn(config, Suppress, "off"))
        {
            return $"its TLS takes anyone's certificate ({Suppress})";
        }

        if (!SeedAddress.IsOn(config, Mutual, "on"))
        {
            return $"its TLS asks those who connect for no certificate ({Mutual})";
        }

        return since.Length > 0 && engine < Version.Parse(since)
            ? $"its Akka.NET is {engine.ToString(3)}, and those before {since} ask those who connect for no "
                + "certificate, whatever is set (CVE-2025-61778)"
            : null;
    }
}
