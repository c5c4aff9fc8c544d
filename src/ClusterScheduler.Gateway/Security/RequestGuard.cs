using System.Net;

namespace ClusterScheduler.Gateway.Security;

/// <summary>
/// Stands before every route. A page in somebody's browser can send requests to this machine: under a name of its own
/// (DNS rebinding, seen at Host) or across origins (seen at Origin and Sec-Fetch-Site). Neither it nor another user
/// of the machine has the token.
/// </summary>
/// <param name="token">What every request must carry.</param>
/// <param name="open">Where other machines connect; none: they cannot.</param>
internal sealed class RequestGuard(BearerToken token, GatewayListenOptions? open)
{
    /// <summary>The one route that needs no token: it tells only that somebody listens.</summary>
    public const string OpenPath = "/v1/health";

    public Task Check(HttpContext context, RequestDelegate next)
    {
        var host = context.Request.Host;
        if (!Serves(host.Host))
        {
            return Problem.Write(context, 403, "host-refused", $"Host is '{host}'; only {Served()} are served");
        }

        // The port may be another one than this: that of a tunnel's or a container's other end.
        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length > 0 && origin != $"{context.Request.Scheme}://{host}")
        {
            return Problem.Write(context, 403, "origin-refused", $"requests of the origin '{origin}' are not served");
        }

        if (context.Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site")
        {
            return Problem.Write(context, 403, "origin-refused", "requests that another site starts are not served");
        }

        if (context.Request.Path != OpenPath && !token.IsCarriedBy(context.Request.Headers.Authorization))
        {
            context.Response.Headers.WWWAuthenticate = "Bearer";
            return Problem.Write(context, 401, "token-missing",
                "send 'Authorization: Bearer TOKEN' with the token from the data directory's file 'token'");
        }

        return next(context);
    }

    /// <summary>Of a name that somebody else owns nobody knows where it leads to; of these it is known.</summary>
    private bool Serves(string host) => host is "127.0.0.1" or "localhost"
        || (open is not null && (IPAddress.TryParse(host.Trim('[', ']'), out _)
            || open.Names.Contains(host, StringComparer.OrdinalIgnoreCase)
            || open.Certificate?.Own.MatchesHostname(host, allowCommonName: false) == true));

    private string Served() => open is null
        ? "127.0.0.1 and localhost"
        : string.Join(", ", ["127.0.0.1", "localhost", "IP addresses", .. open.Names])
            + (open.Certificate is null ? "" : " and the names of the certificate");
}
