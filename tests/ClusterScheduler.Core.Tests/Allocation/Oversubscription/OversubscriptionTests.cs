using ClusterScheduler.Core.Allocation.Oversubscription;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Tests.Allocation.Oversubscription;

public sealed class OversubscriptionTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;

    // Cpus of a web server, one sample a minute for 100 minutes: a quiet base, a daily bump, three spikes.
    private static readonly double[] Recorded =
    [
        .. Enumerable.Repeat(0.4, 60), .. Enumerable.Repeat(0.9, 30), .. Enumerable.Repeat(1.2, 5),
        1.3, 1.3, 3.6, 3.8, 4.0,
    ];

    [Fact]
    public void What_was_not_used_at_the_95th_percentile_is_lent_out_less_the_safety_share()
    {
        var task = new EstimatedTask(ResourceSet.Parse("cpus:4;mem:1000"), Window(Recorded, mem: 250));
        var lent = RevocableEstimator.Estimate([task], EstimatorSettings.Default);

        // 95 of 100 samples are at most 1.2 cpus: 4 - 1.2 - 10 % of 4; 1000 - 250 - 100.
        Assert.Equal("cpus{REV}:2.4;mem{REV}:650", lent.ToString());
    }

    [Fact]
    public void A_spike_longer_than_five_percent_counts()
    {
        double[] spiky = [.. Enumerable.Repeat(0.4, 94), .. Enumerable.Repeat(3.9, 6)];
        var task = new EstimatedTask(ResourceSet.Parse("cpus:4"), Window(spiky, mem: 0));
        Assert.True(RevocableEstimator.Estimate([task], EstimatorSettings.Default).IsEmpty);
    }

    [Fact]
    public void A_task_that_was_watched_too_briefly_lends_nothing()
    {
        var task = new EstimatedTask(ResourceSet.Parse("cpus:4"), Window(Recorded[..59], mem: 0));
        Assert.True(RevocableEstimator.Estimate([task], EstimatorSettings.Default).IsEmpty);
    }

    [Fact]
    public void The_window_slides_and_takes_samples_in_order_only()
    {
        var window = new UsageWindow(TimeSpan.FromMinutes(10));
        for (var minute = 0; minute < 30; minute++)
        {
            Assert.True(window.TryAdd(new UsageSample(Start.AddMinutes(minute), Scalar.Of(minute), Scalar.Zero)));
        }

        Assert.Equal(10, window.Count);
        Assert.False(window.TryAdd(new UsageSample(Start, Scalar.Of(1), Scalar.Zero)));
        Assert.Equal(Scalar.Of(29), window.Percentile95().Cpus);
    }

    [Fact]
    public void Under_pressure_the_lowest_and_youngest_go_and_no_more_than_it_takes()
    {
        RevocableTask[] tasks =
            [Task("old", 0, 0, 2), Task("young", 0, 9, 2), Task("high", 5, 9, 9), Task("idle", 0, 5, 0)];
        var total = ResourceSet.Parse("cpus:10;mem:100");
        var evicted = PressureRule.Default.Evict(total, Scalar.Of(12), Scalar.Of(10), tasks);
        Assert.Equal(["young", "old"], evicted.Select(task => task.Task.Value));
        Assert.Empty(PressureRule.Default.Evict(total, Scalar.Of(9), Scalar.Of(90), tasks));
    }

    [Theory]
    [InlineData(9.05, "small")]
    [InlineData(10, "large")]
    [InlineData(12, "small,large")]
    [InlineData(20, "small,large")]
    public void Who_need_not_go_because_of_one_that_goes_later_stays(double used, string gone)
    {
        RevocableTask[] tasks = [Task("small", 0, 9, 0.1), Task("large", 0, 0, 2.95)];
        var evicted = PressureRule.Default.Evict(
            ResourceSet.Parse("cpus:10;mem:100"), Scalar.Of(used), Scalar.Zero, tasks);
        Assert.Equal(gone, string.Join(',', evicted.Select(static task => task.Task.Value)));
    }

    private static RevocableTask Task(string id, int priority, int startedMinute, double cpus) =>
        new(
            new FrameworkId("f"), new TaskId(id), priority, Start.AddMinutes(startedMinute), Scalar.Of(cpus),
            Scalar.Zero);

    private static UsageWindow Window(double[] cpus, double mem)
    {
        var window = new UsageWindow(TimeSpan.FromHours(4));
        for (var minute = 0; minute < cpus.Length; minute++)
        {
            var sample = new UsageSample(Start.AddMinutes(minute), Scalar.Of(cpus[minute]), Scalar.Of(mem));
            Assert.True(window.TryAdd(sample));
        }

        return window;
    }
}
