using Akka.Actor;
using Akka.Cluster;

namespace Akka.Embedded.Tests.Clustering;

/// <summary>Nodes that join, and some that are not let in; all end with the test.</summary>
public abstract class JoinScene : IAsyncLifetime
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly StoreDirectory _stores = new();
    private readonly List<ClusterNode> _nodes = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var node in _nodes)
            await node.DisposeAsync();
        await _stores.Delete();
    }

    /// <summary>It is told why, and ends.</summary>
    /// <returns>All that it is told.</returns>
    private protected static async Task<string> IsRefused(ClusterNode node, Address seed, string why)
    {
        var failed = await Assert.ThrowsAsync<ClusterJoinFailedException>(
            () => node.Cluster.JoinSeedNodesAsync([seed]).WaitAsync(Patience));
        Assert.StartsWith(why, failed.Message, StringComparison.Ordinal);
        await node.System.WhenTerminated.WaitAsync(Patience);
        var reason = CoordinatedShutdown.Get(node.System).ShutdownReason;
        Assert.IsAssignableFrom<CoordinatedShutdown.ClusterJoinUnsuccessfulReason>(reason);
        Assert.Equal(failed.Message, reason.ToString());
        return failed.Message;
    }

    private protected ClusterNode Start(string settings = "", string name = "sys")
    {
        var node = new ClusterNode(settings, name);
        _nodes.Add(node);
        return node;
    }

    /// <summary>Settings of a store of this name.</summary>
    private protected string Store(string name) => _stores.SettingsOf(name);
}
