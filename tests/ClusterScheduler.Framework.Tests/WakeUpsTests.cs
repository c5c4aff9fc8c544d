using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Framework.Frameworks;

namespace ClusterScheduler.Framework.Tests;

public sealed class WakeUpsTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(2);

    /// <summary>Most tasks end soon, and one stays: however few are left, it waits no longer.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1_000)]
    public void A_task_that_stays_is_woken_once_in_an_interval_however_many_come_and_go(int others)
    {
        var wakeUps = new WakeUps(Interval);
        var live = new HashSet<TaskId>();
        var stays = new TaskId("stays");
        var woken = new List<TimeSpan>();
        for (var now = TimeSpan.Zero; now < 10 * Interval; now += Step)
        {
            live.Clear();
            live.Add(stays);
            for (var each = 0; each < others; each++)
            {
                Add(new TaskId($"{now}-{each}"), now);
            }

            if (now == TimeSpan.Zero)
            {
                Add(stays, now);
            }

            if (wakeUps.Due(now, task => !live.Contains(task)).Contains(stays))
            {
                woken.Add(now);
            }
        }

        Assert.True(woken[0] <= Interval + Step, $"first woken at {woken[0]}");
        Assert.All(
            woken.Zip(woken.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, Interval, Interval + Step));
        Assert.True(woken[^1] >= 8 * Interval, $"last woken at {woken[^1]}");

        void Add(TaskId task, TimeSpan now)
        {
            live.Add(task);
            wakeUps.Add(task, now);
        }
    }

    [Fact]
    public void Tasks_that_came_at_once_are_not_woken_at_once()
    {
        const int Tasks = 3_000;
        var wakeUps = new WakeUps(Interval);
        foreach (var number in Enumerable.Range(0, Tasks))
        {
            wakeUps.Add(new TaskId($"{number}"), TimeSpan.Zero);
        }

        for (var now = Step; now <= 3 * Interval; now += Step)
        {
            var woken = wakeUps.Due(now, static _ => false).Count();
            Assert.InRange(woken, Tasks / 30 - 2, Tasks / 30 + 2);
        }
    }

    [Fact]
    public void A_task_that_has_ended_is_forgotten()
    {
        var wakeUps = new WakeUps(Interval);
        wakeUps.Add(new TaskId("t"), TimeSpan.Zero);
        Assert.Empty(wakeUps.Due(Interval, static _ => true));
        Assert.Empty(wakeUps.Due(9 * Interval, static _ => false));
    }
}
