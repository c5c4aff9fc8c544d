using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Leading;
using Akka.Cluster.Lists;
using Akka.Util;
using FsCheck;
using FsCheck.Fluent;

namespace Akka.Embedded.Tests.Clustering;

/// <summary>The leader's decisions over thousands of random histories, several terms each.</summary>
public sealed class LeaderDeskTests
{
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(4);

    private static readonly LeaderRules s_rules = new(
        s_lease, TimeSpan.FromSeconds(2), 1, ImmutableDictionary<string, int>.Empty, TimeSpan.FromMinutes(2),
        new StoreId(StoreKind.Database, "db"));

    [Fact]
    public void Whatever_happens_the_list_keeps_its_promises() => Histories.Check((kinds, seed) =>
    {
        var run = new History(seed, s_rules);
        foreach (var kind in kinds)
            run.Step(kind);
        run.Settle();
    });

    [Fact]
    public void The_first_member_is_up_at_once_and_the_next_ones_are_younger()
    {
        var (state, verdict) = Join(Begin(), Node(1));
        Assert.IsType<JoinVerdict.Accepted>(verdict);
        state = Join(state, Node(2)).State;
        Assert.Equal(
            [1, 2], state.List.Entries.OrderBy(entry => entry.Member.UpNumber).Select(each => each.Member.UpNumber));
        Assert.All(state.List.Entries, entry => Assert.Equal(MemberStatus.Up, entry.Status));
        Assert.Equal(Enumerable.Range(1, 4), state.Unstored.Select(change => (int)change.To));
    }

    [Fact]
    public void A_new_run_at_the_address_of_a_member_must_prove_that_it_is_there()
    {
        var state = Join(Begin(), Node(1)).State;
        var again = new UniqueAddress(Node(1).Address, 77);
        var (asked, probe) = Join(state, again);
        Assert.Equal(new JoinVerdict.Probe(Node(1)), probe);
        Assert.Equal(state.List.Version, asked.List.Version);
        var (joined, _) = LeaderDesk.Join(
            asked, Applicant(again), true, TimeSpan.Zero, DateTimeOffset.UnixEpoch, s_rules);
        Assert.Equal(again, Assert.Single(joined.List.Entries).Node);
    }

    [Theory]
    [InlineData(-10, JoinRefusal.ClockOff)]
    [InlineData(10, JoinRefusal.ClockOff)]
    public void A_node_whose_clock_is_minutes_off_is_refused(int minutes, object reason)
    {
        var applicant = Applicant(Node(1)) with { Clock = DateTimeOffset.UnixEpoch.AddMinutes(minutes) };
        Assert.Equal((JoinRefusal)reason, Refused(applicant));
    }

    [Fact]
    public void A_node_with_the_store_of_another_cluster_is_refused() => Assert.Equal(
        JoinRefusal.OtherStore,
        Refused(Applicant(Node(1)) with { Store = new StoreId(StoreKind.Database, "another") }));

    [Fact]
    public void A_node_that_would_not_live_through_a_change_of_leader_is_refused() => Assert.Equal(
        JoinRefusal.IncompatibleSettings,
        Refused(Applicant(Node(1)) with { LeastMemberLease = s_lease + TimeSpan.FromMilliseconds(1) }));

    [Fact]
    public void A_new_leader_waits_out_one_member_lease_before_it_removes_anyone()
    {
        var before = Join(Join(Begin(), Node(1)).State, Node(2)).State;
        var now = TimeSpan.FromSeconds(100);
        var state = LeaderDesk.Begin(2, Node(1), before.List, null, now, s_rules);
        state = LeaderDesk.Tick(state, now + s_lease - TimeSpan.FromTicks(1), s_rules);
        Assert.False(state.List.Find(Node(2))!.IsReachable);
        state = LeaderDesk.Tick(state, now + s_lease, s_rules);
        Assert.Null(state.List.Find(Node(2)));
        Assert.NotNull(state.List.Find(Node(1)));
    }

    [Fact]
    public void A_leader_reaches_itself_though_the_one_before_it_did_not()
    {
        var before = Join(Join(Begin(), Node(1)).State, Node(2)).State;
        var parted = LeaderDesk.Tick(before, s_lease - TimeSpan.FromTicks(1), s_rules);
        Assert.False(parted.List.Find(Node(2))!.IsReachable);

        var now = TimeSpan.FromSeconds(100);
        var state = LeaderDesk.Tick(LeaderDesk.Begin(2, Node(2), parted.List, null, now, s_rules), now, s_rules);

        Assert.True(state.List.Find(Node(2))!.IsReachable);
    }

    [Fact]
    public void A_leader_that_hears_of_less_than_half_of_those_it_heard_may_be_cut_off()
    {
        var state = Join(Join(Join(Begin(), Node(1)).State, Node(2)).State, Node(3)).State;
        Assert.Null(LeaderDesk.Missed(state));
        var later = LeaderDesk.Tick(state, TimeSpan.FromSeconds(3), s_rules);
        Assert.Equal([Node(2), Node(3)], LeaderDesk.Missed(later)!.Order());
        var (heard, _) = LeaderDesk.Heartbeat(later, Node(2), TimeSpan.FromSeconds(3), s_rules);
        Assert.Null(LeaderDesk.Missed(heard));
    }

    internal static UniqueAddress Node(int number) => new(new Address("akka.tcp", "sys", "127.0.0.1", number), number);

    internal static Applicant Applicant(UniqueAddress node) => new(
        node, ["role"], AppVersion.Zero, DateTimeOffset.UnixEpoch, s_rules.StoreId, true, TimeSpan.FromSeconds(1));

    private static LeaderState Begin() =>
        LeaderDesk.Begin(1, Node(1), MemberList.Empty, null, TimeSpan.Zero, s_rules);

    private static (LeaderState State, JoinVerdict Verdict) Join(LeaderState state, UniqueAddress node) =>
        LeaderDesk.Join(state, Applicant(node), false, TimeSpan.Zero, DateTimeOffset.UnixEpoch, s_rules);

    private static JoinRefusal Refused(Applicant applicant)
    {
        var (state, verdict) = LeaderDesk.Join(
            Begin(), applicant, false, TimeSpan.Zero, DateTimeOffset.UnixEpoch, s_rules);
        Assert.Empty(state.Unstored);
        return Assert.IsType<JoinVerdict.Refused>(verdict).Reason;
    }

    private static class Histories
    {
        internal static void Check(Action<int[], int> run)
        {
            var kinds = Gen.Choose(0, 99).ArrayOf(120);
            var histories =
                from steps in kinds
                from seed in Gen.Choose(0, int.MaxValue)
                select (steps, seed);
            Prop.ForAll(histories.ToArbitrary(), history => run(history.steps, history.seed))
                .Check(Config.QuickThrowOnFailure.WithMaxTest(3_000));
        }
    }
}
