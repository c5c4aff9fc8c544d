using System.Text.Json.Serialization;

namespace ClusterScheduler.Gateway.Views;

/// <summary>What a POST of an operation says.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record OperationBody
{
    /// <summary>reserve, unreserve, create, destroy, growVolume or shrinkVolume.</summary>
    public required string Kind { get; init; }

    /// <summary>As Mesos writes them: cpus(+eng):2.</summary>
    public required string Resources { get; init; }

    /// <summary>For reserve: what it is now, where it is reserved already.</summary>
    public string? Source { get; init; }

    /// <summary>For growVolume and shrinkVolume: by how much, in MiB.</summary>
    public decimal? Amount { get; init; }
}

/// <summary>An operation is done.</summary>
/// <param name="Total">All that the agent has now.</param>
public sealed record OperationView(string Agent, string Total);
