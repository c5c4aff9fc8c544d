using System.Collections.Immutable;
using ClusterScheduler.Runtime.Delivery;

namespace ClusterScheduler.Agent.Edge;

/// <summary>How an agent outside the membership reaches the cluster.</summary>
/// <param name="Hosts">Nodes that take such agents, as ws://host:port or wss://host:port; tried one after the
/// other.</param>
/// <param name="Secret">The cluster's secret.</param>
public sealed record EdgeOptions(ImmutableArray<Uri> Hosts, string Secret)
{
    /// <summary>How long a node may take to answer.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between attempts, once every host was tried.</summary>
    public Backoff Reconnect { get; init; } = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30));
}
