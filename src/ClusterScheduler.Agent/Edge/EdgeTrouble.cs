using ClusterScheduler.Runtime.Connections;

namespace ClusterScheduler.Agent.Edge;

/// <summary>What kept an agent from a node that was to take it, in words that name the way out.</summary>
internal static class EdgeTrouble
{
    private const string NoDoor =
        "what listens there takes no agents: the port must be that of a node's --edge-listen, not of its gateway or "
        + "of --bind";

    /// <summary>Of an answer in which the node does not say why.</summary>
    public static string Explain(int status) =>
        status is < 400 or 401 or 403 or 404 or 405 ? NoDoor : $"it answered with {status}";

    /// <summary>Where there was no answer.</summary>
    public static string Explain(Uri host, Exception failure)
    {
        if (Causes.Find<OperationCanceledException>(failure) is not null)
        {
            return "it does not answer";
        }

        var why = failure.GetBaseException().Message;
        return Causes.Find<HttpRequestException>(failure)?.HttpRequestError switch
        {
            HttpRequestError.InvalidResponse => NoDoor,
            HttpRequestError.SecureConnectionError when why.Contains("frame", StringComparison.Ordinal) =>
                $"what listens there speaks no TLS: write http://{host.Authority}",
            HttpRequestError.ResponseEnded => "the connection ended before it answered; is it https:// there?",
            _ => why,
        };
    }
}
