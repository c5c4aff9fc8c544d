using Akka.Cluster;

namespace ClusterScheduler.Runtime.Members;

/// <summary>Joining that ends in time on every engine.</summary>
public static class JoinLimit
{
    // The embedded engine gives up by itself, and says more.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>Becomes a member through one of the seeds.</summary>
    /// <param name="cluster">Of the node that joins.</param>
    /// <param name="seeds">Through whom.</param>
    /// <param name="timeout">After which the engine gives up. Akka.NET then ends the actor system, and leaves who waits
    /// waiting.</param>
    /// <param name="cancelled">Gives up at once.</param>
    /// <exception cref="ClusterJoinFailedException">Nobody took the node in.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task JoinWithin(
        this Cluster cluster, IReadOnlyCollection<Address> seeds, TimeSpan timeout, CancellationToken cancelled)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        limit.CancelAfter(timeout + Grace);
        try
        {
            await cluster.JoinSeedNodesAsync(seeds, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested)
        {
            throw new ClusterJoinFailedException(
                $"no seed took this node in within {timeout.TotalSeconds:0} s: {string.Join(", ", seeds)}");
        }
    }
}
