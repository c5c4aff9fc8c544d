namespace ClusterScheduler.Gateway.Security;

/// <summary>
/// Stands before every route. A page in somebody's browser can send requests to this machine: under a name of its own
/// (DNS rebinding, seen at Host) or across origins (seen at Origin and Sec-Fetch-Site). Neither it nor another user
/// of the machine has the token.
/// </summary>
internal sealed class RequestGuard(BearerToken token)
{
    /// <summary>The one route that needs no token: it tells only that somebody listens.</summary>
    public const string OpenPath = "/v1/health";

    public Task Check(HttpContext context, RequestDelegate next)
    {
        var port = context.Connection.LocalPort;
        var host = context.Request.Host;
        if (host.Host is not ("127.0.0.1" or "localhost") || (host.Port ?? 80) != port)
        {
            return Problem.Write(context, 403, "host-refused",
                $"Host is '{host}'; only 127.0.0.1:{port} and localhost:{port} are served");
        }

        var origin = context.Request.Headers.Origin.ToString();
        if (origin.Length > 0 && origin != $"http://127.0.0.1:{port}" && origin != $"http://localhost:{port}")
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
}
