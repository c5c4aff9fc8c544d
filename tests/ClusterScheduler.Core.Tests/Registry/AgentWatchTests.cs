using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Registry;

namespace ClusterScheduler.Core.Tests.Registry;

public class AgentWatchTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly AgentWatchSettings Mesos = new(
        TimeSpan.FromSeconds(15), 5, TimeSpan.FromMinutes(10), RecoveryRemovalLimit: 0.5);

    [Fact]
    public void A_silent_agent_is_removed_after_the_pings_it_may_miss_and_an_answering_one_never()
    {
        var watch = new AgentWatch(Mesos);
        watch.Join(Id(0));
        watch.Join(Id(1));
        var removed = Run(watch, TimeSpan.FromMinutes(3), answers: static id => id == Id(1));

        var (agent, at) = Assert.Single(removed);
        Assert.Equal(Id(0), agent);
        Assert.InRange(at - Start, TimeSpan.FromSeconds(75), TimeSpan.FromSeconds(90));
    }

    [Fact]
    public void Pings_are_spread_over_the_interval_and_each_agent_gets_one()
    {
        var watch = new AgentWatch(Mesos);
        Enumerable.Range(0, 10_000).ToList().ForEach(number => watch.Join(Id(number)));
        var turns = Enumerable.Range(0, Mesos.Slots)
            .Select(turn => watch.Turn(Start + (Mesos.Tick * turn)).Ping).ToList();

        Assert.All(turns, turn => Assert.InRange(turn.Length, 10_000 / Mesos.Slots, (10_000 / Mesos.Slots) + 1));
        Assert.Equal(10_000, turns.SelectMany(static turn => turn).Distinct().Count());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 0.15)]
    [InlineData(10_000, 500)]
    public void The_more_agents_are_missing_the_longer_their_return_is_spread(int missing, double milliseconds)
    {
        var watch = new AgentWatch(Mesos);
        watch.Recover(Enumerable.Range(0, missing + 1).Select(Id), Start);
        watch.Join(Id(0));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), watch.ReturnWithin);
    }

    [Fact]
    public void A_master_that_stood_still_has_missed_nothing()
    {
        var watch = new AgentWatch(Mesos);
        watch.Join(Id(0));
        watch.Turn(Start);
        var frozenUntil = Start + TimeSpan.FromHours(1);
        var late = Enumerable.Range(0, 1_000).SelectMany(_ => watch.Turn(frozenUntil).Remove);
        Assert.Empty(late);
    }

    [Fact]
    public void Removals_keep_their_rate_and_an_answer_meanwhile_cancels_one()
    {
        var watch = new AgentWatch(Mesos with { RemovalRate = new RemovalRate(1, TimeSpan.FromMinutes(10)) });
        Enumerable.Range(0, 4).ToList().ForEach(number => watch.Join(Id(number)));
        var back = Start + TimeSpan.FromMinutes(5);
        var removed = Run(watch, TimeSpan.FromHours(1), (id, now) => id == Id(2) && now >= back);

        Assert.Equal([Id(0), Id(1), Id(3)], removed.Select(static each => each.Agent));
        Assert.All(removed.Zip(removed.Skip(1)), static pair =>
            Assert.True(pair.Second.At - pair.First.At >= TimeSpan.FromMinutes(10)));
    }

    [Theory]
    [InlineData(10, 5, false)]
    [InlineData(10, 6, true)]
    [InlineData(1, 1, true)]
    [InlineData(2, 1, false)]
    public void More_than_the_share_are_not_removed_after_a_failover(int known, int missing, bool refused)
    {
        var watch = new AgentWatch(Mesos);
        watch.Recover(Enumerable.Range(0, known).Select(Id), Start);
        Enumerable.Range(missing, known - missing).ToList().ForEach(number => watch.Join(Id(number)));
        Assert.Empty(watch.Turn(Start + TimeSpan.FromMinutes(9)).Remove);
        var removed = watch.Turn(Start + TimeSpan.FromMinutes(11)).Remove;

        Assert.Equal(refused ? 0 : missing, removed.Length);
        Assert.Equal(refused ? new RemovalRefusal(missing, known, 0.5) : null, watch.Refusal);
    }

    [Fact]
    public void A_refused_removal_goes_on_when_enough_are_back_or_an_operator_allows_it()
    {
        var watch = new AgentWatch(Mesos);
        watch.Recover(Enumerable.Range(0, 4).Select(Id), Start);
        var late = Start + TimeSpan.FromMinutes(11);
        Assert.Empty(watch.Turn(late).Remove);
        watch.Join(Id(0));
        watch.Join(Id(1));
        Assert.Equal([Id(2), Id(3)], watch.Turn(late + Mesos.Tick).Remove.ToArray());

        var asked = new AgentWatch(Mesos);
        asked.Recover(Enumerable.Range(0, 4).Select(Id), Start);
        Assert.Empty(asked.Turn(late).Remove);
        Assert.Equal(4, asked.AllowRemovals());
        Assert.Equal(4, asked.Turn(late + Mesos.Tick).Remove.Length);
    }

    [Theory]
    [InlineData("1/10m", 1, 600)]
    [InlineData("100/1h", 100, 3600)]
    [InlineData("1/10mins", 1, 600)]
    [InlineData("3/2secs", 3, 2)]
    public void Rates_are_read_as_Mesos_writes_them(string text, int agents, int seconds)
    {
        Assert.True(RemovalRate.TryParse(text, out var rate));
        Assert.Equal(new RemovalRate(agents, TimeSpan.FromSeconds(seconds)), rate);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("0/1m")]
    [InlineData("1/0m")]
    [InlineData("-1/1m")]
    [InlineData("1/1x")]
    [InlineData("/1m")]
    public void What_is_no_rate_is_not_read(string text) => Assert.False(RemovalRate.TryParse(text, out _));

    private static List<(AgentId Agent, DateTimeOffset At)> Run(
        AgentWatch watch, TimeSpan time, Func<AgentId, bool> answers) => Run(watch, time, (id, _) => answers(id));

    private static List<(AgentId Agent, DateTimeOffset At)> Run(
        AgentWatch watch, TimeSpan time, Func<AgentId, DateTimeOffset, bool> answers)
    {
        var removed = new List<(AgentId, DateTimeOffset)>();
        for (var now = Start; now < Start + time; now += Mesos.Tick)
        {
            var turn = watch.Turn(now);
            turn.Ping.Where(id => answers(id, now)).ToList().ForEach(watch.Hear);
            foreach (var agent in turn.Remove)
            {
                removed.Add((agent, now));
                watch.Leave(agent);
            }
        }

        return removed;
    }

    private static AgentId Id(int number) => new($"c-S{number:00000}");
}
