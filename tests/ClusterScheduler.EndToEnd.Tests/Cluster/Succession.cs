using ClusterScheduler.EndToEnd.Tests.Harness;

namespace ClusterScheduler.EndToEnd.Tests.Cluster;

/// <summary>Whether a cluster has another master now, and whether its nodes know which.</summary>
internal static class Succession
{
    public static void Done(RealCluster cluster, long before) => Poll.Until(
        () => cluster.Epoch > before, () => $"a master after that of epoch {before}:\n{cluster.Tell()}");

    /// <summary>Until the new one answers, that none does; never the node of one that is dead.</summary>
    public static async Task IsNamed(RealCluster cluster, ClusterNode asked, ClusterNode dead)
    {
        string? named = null;
        await Poll.UntilAsync(
            async () =>
            {
                named = await MasterNamedBy(asked);
                Assert.NotEqual(dead.Address, named);
                return named is not null;
            },
            () => $"a master to answer:\n{cluster.Tell()}");
        Assert.True(named == cluster.WithMaster.Address, $"{named} is said to have the master:\n{cluster.Tell()}");
    }

    public static async Task<string?> MasterNamedBy(ClusterNode node)
    {
        using var answer = await node.Json("cluster", "singleton");
        if (answer is null)
        {
            return null;
        }

        var master = answer.RootElement.GetProperty("rows").EnumerateArray().First();
        if (master.GetProperty("node").GetString() is { } named)
        {
            Assert.True(master.GetProperty("epoch").GetInt64() > 0);
            return named;
        }

        Assert.Contains("none: no master has answered for", answer.RootElement.GetProperty("note").GetString()!,
            StringComparison.Ordinal);
        return null;
    }
}
