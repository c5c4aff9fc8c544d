using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>Collects the figures of all regions; one that does not answer in time is left out.</summary>
internal static class ClusterStats
{
    internal static async Task<ClusterShardingStats> Ask(
        IReadOnlyList<(Address Node, IActorRef Region)> regions, TimeSpan timeout)
    {
        var answers = await Task.WhenAll(regions.Select(each => Ask(each.Node, each.Region, timeout)));
        return new ClusterShardingStats(answers.Where(each => each.Stats is not null).ToImmutableDictionary(
            each => each.Node, each => each.Stats!));
    }

    private static async Task<(Address Node, ShardRegionStats? Stats)> Ask(
        Address node, IActorRef region, TimeSpan timeout)
    {
        try
        {
            return (node, await region.Ask<ShardRegionStats>(GetShardRegionStats.Instance, timeout));
        }
        catch (AskTimeoutException)
        {
            return (node, null);
        }
    }
}
