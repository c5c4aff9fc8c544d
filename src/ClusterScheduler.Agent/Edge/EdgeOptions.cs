using System.Collections.Immutable;
using ClusterScheduler.Protocol;
using ClusterScheduler.Runtime.Delivery;

namespace ClusterScheduler.Agent.Edge;

/// <summary>How an agent outside the membership reaches the cluster.</summary>
/// <param name="Hosts">Nodes that take such agents, as http://host:port or https://host:port; tried one after the
/// other.</param>
/// <param name="Secret">The cluster's secret; empty: it has none.</param>
public sealed record EdgeOptions(ImmutableArray<Uri> Hosts, string Secret)
{
    /// <summary>How long a node may take to answer, and then the master behind it.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Between questions for the master's identity.</summary>
    public TimeSpan AskAgain { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether the agent belongs to the cluster of this master; asked at each connection, before anything is
    /// said there. If not, it ends.</summary>
    public Func<MasterProtocol.MasterIdentity, bool> IsOurs { get; init; } = static _ => true;

    /// <summary>Between attempts, once every host was tried.</summary>
    public Backoff Reconnect { get; init; } = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30));
}
