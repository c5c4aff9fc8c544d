using System.Net;
using ClusterScheduler.Gateway.Security;

namespace ClusterScheduler.Gateway.Edge;

/// <summary>Where agents outside the membership connect to this node.</summary>
/// <param name="Address">The address to listen on; port 0: any free one.</param>
/// <param name="Secret">What they must know; empty: nothing.</param>
public sealed record EdgeListenOptions(IPEndPoint Address, string Secret)
{
    /// <summary>For TLS; none: plain, which only a network that nobody else uses may carry.</summary>
    public ServerCertificate? Certificate { get; init; }

    /// <summary>More agents are refused.</summary>
    public int SessionsMax { get; init; } = 20_000;
}
