namespace ClusterScheduler.Gateway.Http;

/// <summary>Ends a request with a problem.</summary>
internal sealed class ProblemException(int status, string code, string detail) : Exception(detail)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public ImmutableArray<string> Errors { get; init; } = [];

    /// <summary>Seconds after which the same request may succeed; none: it is not said.</summary>
    public int? RetryAfter { get; init; }
}
