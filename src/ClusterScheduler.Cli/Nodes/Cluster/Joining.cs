using Akka.Actor;
using Akka.Cluster;
using ClusterScheduler.Cli.Commands;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>Becomes a member through the seeds, or says why not.</summary>
internal static class Joining
{
    /// <summary>After a refusal that is for good, another seed may still take the node in.</summary>
    private static readonly TimeSpan RefusedGrace = TimeSpan.FromSeconds(3);

    /// <exception cref="UserException">The node was not let in.</exception>
    public static async Task Join(Akka.Cluster.Cluster cluster, MemberPlan plan, CancellationToken interrupted)
    {
        var troubles = new JoinTroubles();
        troubles.Listen(cluster.System);
        var seeds = plan.Seeds.IsEmpty ? [cluster.SelfAddress] : plan.Seeds;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(interrupted);
        var joined = cluster.JoinSeedNodesAsync(seeds, limit.Token);
        try
        {
            if (await Task.WhenAny(joined, troubles.Refused) != joined)
            {
                limit.CancelAfter(RefusedGrace);
            }

            await joined;
        }
        catch (Exception failed) when (failed is ClusterJoinFailedException
            || (failed is OperationCanceledException && !interrupted.IsCancellationRequested))
        {
            throw Explain(cluster.System, plan, seeds, troubles);
        }
    }

    private static UserException Explain(
        ActorSystem system, MemberPlan plan, IEnumerable<Address> seeds, JoinTroubles troubles)
    {
        // A node that is refused ends by itself, and the reason of its end is what it was told.
        var told = CoordinatedShutdown.Get(system).ShutdownReason?.ToString();
        if ((JoinRefusal.Find(told) ?? troubles.Refusal) is { } refusal)
        {
            return refusal.AsException();
        }

        var lines = troubles.Lines.ToList();
        return new UserException(
            $"no seed took this node in within {plan.Settings.Cluster.JoinTimeout.TotalSeconds:0} s: "
            + string.Join(", ", seeds)
            + (lines.Count > 0 ? "\n" + string.Join('\n', lines) : "")
            + $"\nIs one of them running, and can it reach the store? The log of this node says more: "
            + Path.Combine(plan.Directory, "log"),
            ExitCode.SeedsSilent);
    }
}
