using ClusterScheduler.Runtime.Delivery;

namespace ClusterScheduler.Runtime.Tests.Delivery;

public sealed class RoundsTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(2);

    /// <summary>Most end soon, and one stays: however few are left, it waits no longer.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1_000)]
    public void One_that_stays_has_its_turn_once_in_an_interval_however_many_come_and_go(int others)
    {
        var rounds = new Rounds<string>(Interval);
        var live = new HashSet<string>();
        var stays = "stays";
        var woken = new List<TimeSpan>();
        for (var now = TimeSpan.Zero; now < 10 * Interval; now += Step)
        {
            live.Clear();
            live.Add(stays);
            for (var each = 0; each < others; each++)
            {
                Add($"{now}-{each}", now);
            }

            if (now == TimeSpan.Zero)
            {
                Add(stays, now);
            }

            if (rounds.Due(now, task => !live.Contains(task)).Contains(stays))
            {
                woken.Add(now);
            }
        }

        Assert.True(woken[0] <= Interval + Step, $"first woken at {woken[0]}");
        Assert.All(
            woken.Zip(woken.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, Interval, Interval + Step));
        Assert.True(woken[^1] >= 8 * Interval, $"last woken at {woken[^1]}");

        void Add(string task, TimeSpan now)
        {
            live.Add(task);
            rounds.Add(task, now);
        }
    }

    [Fact]
    public void Those_that_came_at_once_are_not_due_at_once()
    {
        const int All = 3_000;
        var rounds = new Rounds<string>(Interval);
        foreach (var number in Enumerable.Range(0, All))
        {
            rounds.Add($"{number}", TimeSpan.Zero);
        }

        for (var now = Step; now <= 3 * Interval; now += Step)
        {
            var woken = rounds.Due(now, static _ => false).Count();
            Assert.InRange(woken, All / 30 - 2, All / 30 + 2);
        }
    }

    [Fact]
    public void One_that_is_added_again_has_one_turn()
    {
        var rounds = new Rounds<string>(Interval);
        rounds.Add("t", TimeSpan.Zero);
        rounds.Add("t", TimeSpan.Zero);
        Assert.Single(rounds.Due(Interval, static _ => false));
    }

    [Fact]
    public void One_that_has_ended_is_forgotten()
    {
        var rounds = new Rounds<string>(Interval);
        rounds.Add("t", TimeSpan.Zero);
        Assert.Empty(rounds.Due(Interval, static _ => true));
        Assert.Empty(rounds.Due(9 * Interval, static _ => false));
    }
}
