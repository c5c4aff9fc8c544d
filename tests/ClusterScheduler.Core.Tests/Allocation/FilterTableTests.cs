using ClusterScheduler.Core.Allocation;
using ClusterScheduler.Core.Resources;

namespace ClusterScheduler.Core.Tests.Allocation;

/// <summary>The table of filters at one agent, beside a plain list of them.</summary>
public sealed class FilterTableTests
{
    [Fact]
    public void Filters_that_end_one_by_one_leave_all_others_be()
    {
        var random = new Random(1);
        for (var run = 0; run < 200; run++)
        {
            var (table, dead) = (new FilterTable(), new HashSet<int>());
            var naive = new Dictionary<int, long>();
            for (var (step, now) = (0, 0L); step < 60; step++)
            {
                var number = 1 + random.Next(40);
                if (!dead.Contains(number) && !naive.ContainsKey(number))
                {
                    var (cpus, expiry) = (1 + random.NextInt64(4), now + 1 + random.NextInt64(30));
                    naive.Add(number, expiry);
                    table.Add(number, Cpus(cpus), expiry, each => !dead.Contains(each));
                }
                else if (random.Next(6) == 0 && dead.Add(number))
                {
                    naive.Remove(number);
                }

                now += random.Next(4) == 0 ? random.NextInt64(8) : 0;
                var ended = new List<int>();
                var next = table.Purge(now, each => !dead.Contains(each), ended);
                Assert.Equal(naive.Where(each => each.Value <= now).Select(each => each.Key).Order(), ended.Order());
                ended.ForEach(each => naive.Remove(each));
                Assert.Equal(naive.Values.DefaultIfEmpty(long.MaxValue).Min(), next);
                foreach (var each in Enumerable.Range(1, 40).Where(each => !dead.Contains(each)))
                {
                    Assert.Equal(naive.ContainsKey(each), table.Blocks(each, Cpus(1)));
                    Assert.False(table.Blocks(each, Cpus(5)));
                }
            }
        }
    }

    [Fact]
    public void The_end_of_one_filter_of_many_makes_no_new_table()
    {
        var (table, ended) = (new FilterTable(), new List<int>(1_000));
        for (var number = 1; number <= 1_000; number++)
        {
            table.Add(number, Cpus(1), number, static _ => true);
        }

        var isLive = static (int _) => true;
        table.Purge(1, isLive, ended);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var next = 0L;
        for (var now = 2; now < 400; now++)
        {
            next = table.Purge(now, isLive, ended);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
        Assert.Equal(400, next);
        Assert.Equal(399, ended.Count);
    }

    private static ResourceSet Cpus(long cpus) => ResourceSet.Of(Scalar.Of(cpus), Scalar.Zero);
}
