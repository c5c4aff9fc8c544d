using System.Text.Json.Serialization;

namespace ClusterScheduler.Gateway.Views;

/// <summary>What a POST of an operation says.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record OperationBody
{
    /// <summary>reserve, unreserve, create or destroy.</summary>
    public required string Kind { get; init; }

    /// <summary>As Mesos writes them: cpus(+eng):2.</summary>
    public required string Resources { get; init; }
}

/// <summary>An operation is done.</summary>
/// <param name="Total">All that the agent has now.</param>
public sealed record OperationView(string Agent, string Total);
