using Akka.Cluster;
using ClusterScheduler.Cli.Commands;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>Becomes a member through the seeds, or says why not.</summary>
internal static class Joining
{
    /// <exception cref="UserException">The node was not let in.</exception>
    public static async Task Join(Akka.Cluster.Cluster cluster, MemberPlan plan, CancellationToken interrupted)
    {
        var seeds = plan.Seeds.IsEmpty ? [cluster.SelfAddress] : plan.Seeds;
        try
        {
            await cluster.JoinSeedNodesAsync(seeds, interrupted);
        }
        catch (ClusterJoinFailedException failed)
        {
            throw new UserException(
                $"no seed took this node in within {plan.Settings.Cluster.JoinTimeout.TotalSeconds:0} s: "
                + $"{string.Join(", ", seeds)}. {failed.Message}",
                ExitCode.SeedsSilent);
        }
    }
}
