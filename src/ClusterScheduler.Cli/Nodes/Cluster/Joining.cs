using Akka.Actor;
using Akka.Cluster;
using ClusterScheduler.Cli.Commands;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>Becomes a member through the seeds, or says why not.</summary>
internal static class Joining
{
    // The embedded engine gives up by itself, and says more.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <exception cref="UserException">The node was not let in.</exception>
    public static async Task Join(Akka.Cluster.Cluster cluster, MemberPlan plan, CancellationToken interrupted)
    {
        var troubles = new JoinTroubles();
        troubles.Listen(cluster.System);
        var seeds = plan.Seeds.IsEmpty ? [cluster.SelfAddress] : plan.Seeds;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
        limit.CancelAfter(plan.Settings.Cluster.JoinTimeout + Grace);
        try
        {
            await cluster.JoinSeedNodesAsync(seeds, limit.Token);
        }
        catch (OperationCanceledException) when (!interrupted.IsCancellationRequested)
        {
            throw Silent(plan, seeds, troubles);
        }
        catch (ClusterJoinFailedException failed)
        {
            // On one engine the exception says why; on both, a node that ends by itself gives a reason for its end.
            var refusal = JoinRefusal.Find(failed.Message)
                ?? JoinRefusal.Find(CoordinatedShutdown.Get(cluster.System).ShutdownReason?.ToString());
            throw refusal?.AsException() ?? Silent(plan, seeds, troubles);
        }
    }

    private static UserException Silent(MemberPlan plan, IEnumerable<Address> seeds, JoinTroubles troubles)
    {
        var lines = string.Concat(troubles.Lines.Select(line => $"\n{line}"));
        return new UserException(
            $"no seed took this node in within {plan.Settings.Cluster.JoinTimeout.TotalSeconds:0} s: "
            + $"{string.Join(", ", seeds)}{lines}\n"
            + "Is one of them running, and can it reach the store? The log of this node says more: "
            + Path.Combine(plan.Directory, "log"),
            ExitCode.SeedsSilent);
    }
}
