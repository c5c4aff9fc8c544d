namespace Akka.Embedded.Tests.Sharding;

/// <summary>
/// Clusters in which anything may happen in any order, from a seed. To replay one: SHARDING_SEED=n in the environment.
/// </summary>
public sealed class ShardingSimulationTests
{
    private const int Shards = 12;
    private const int Entities = 20;

    private const int Seeds = 60;

    [Fact]
    public void While_nodes_come_and_leave_nothing_is_lost_and_order_is_kept() => Run(cluster =>
    {
        Disturb(cluster, kills: false);
        cluster.Settle(TimeSpan.FromSeconds(60), TimeSpan.FromMilliseconds(500));
        Assert.Equal(cluster.Said, cluster.Log.Count);
    });

    [Fact]
    public void While_nodes_are_killed_no_entity_runs_twice_and_order_is_kept() => Run(cluster =>
    {
        Disturb(cluster, kills: true);
        cluster.Settle(TimeSpan.FromSeconds(60), TimeSpan.FromMilliseconds(500));
        var before = cluster.Log.Count;
        for (var number = 0; number < 100; number++)
            cluster.Say(Entities);
        cluster.Settle(TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(500));
        Assert.Equal(before + 100, cluster.Log.Count);
    });

    [Fact]
    public void In_the_end_the_shards_are_spread_evenly() => Run(cluster =>
    {
        Disturb(cluster, kills: true);
        cluster.Settle(TimeSpan.FromSeconds(60), TimeSpan.FromMilliseconds(500));
        for (var number = 0; number < 300; number++)
            cluster.Say(Entities * 10);
        cluster.Settle(TimeSpan.FromSeconds(60), TimeSpan.FromMilliseconds(500));
        var counts = cluster.ShardCounts();
        Assert.Equal(Shards, counts.Sum());
        Assert.True(counts.Max() - counts.Min() <= 1, string.Join(", ", counts));
    });

    private static void Disturb(VirtualCluster cluster, bool kills)
    {
        var chance = new Random(cluster.Seed);
        for (var step = 0; step < 3_000; step++)
        {
            if (step % 3 == 0)
                cluster.Say(Entities);
            if (step % 400 == 399 && cluster.Alive.Count < 5)
                cluster.AddNode();
            if (step % 500 == 250 && cluster.Alive.Count > 1)
                End(cluster, kills && chance.Next(2) == 0);
            if (step % 50 == 0)
                cluster.Pass(TimeSpan.FromMilliseconds(40));
            cluster.Step();
        }
    }

    private static void End(VirtualCluster cluster, bool kill)
    {
        if (kill)
            cluster.Kill();
        else
            cluster.Leave();
    }

    private static void Run(Action<VirtualCluster> scenario)
    {
        var only = Environment.GetEnvironmentVariable("SHARDING_SEED");
        var first = only is null ? 1 : int.Parse(only, System.Globalization.CultureInfo.InvariantCulture);
        for (var seed = first; seed < first + (only is null ? Seeds : 1); seed++)
        {
            var cluster = new VirtualCluster(seed, Shards);
            for (var node = 0; node < 3; node++)
                cluster.AddNode();
            try
            {
                scenario(cluster);
                Assert.True(cluster.Log.Wrong.Count == 0, string.Join("\n", cluster.Log.Wrong.Take(5)));
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException(
                    $"SHARDING_SEED={seed}: {failure.Message}; {cluster.Lost.Count} dead letters, the last: "
                    + string.Join("; ", cluster.Lost.TakeLast(6)), failure);
            }
        }
    }
}
