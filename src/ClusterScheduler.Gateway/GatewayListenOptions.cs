using System.Net;
using ClusterScheduler.Gateway.Security;

namespace ClusterScheduler.Gateway;

/// <summary>Where the gateway listens for other machines, besides 127.0.0.1.</summary>
/// <param name="Address">The address to listen on; port 0: any free one.</param>
public sealed record GatewayListenOptions(IPEndPoint Address)
{
    /// <summary>For TLS; none: plain, which only a network that nobody else uses may carry.</summary>
    public ServerCertificate? Certificate { get; init; }

    /// <summary>Names under which others know this machine; those of the certificate count anyhow.</summary>
    public ImmutableArray<string> Names { get; init; } = [];

    /// <summary>http or https.</summary>
    public string Scheme => Certificate is null ? "http" : "https";
}
