using Akka.Actor;
using Akka.Cluster;
using ClusterScheduler.Cli.Commands;
using ClusterScheduler.Runtime.Members;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>Becomes a member through the seeds, or says why not.</summary>
internal static class Joining
{
    /// <exception cref="UserException">The node was not let in.</exception>
    public static async Task Join(Akka.Cluster.Cluster cluster, MemberPlan plan, CancellationToken interrupted)
    {
        var troubles = new JoinTroubles();
        troubles.Listen(cluster.System);
        var seeds = plan.Seeds.IsEmpty ? [cluster.SelfAddress] : plan.Seeds;
        try
        {
            await cluster.JoinWithin(seeds, plan.Settings.Cluster.JoinTimeout, interrupted);
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
