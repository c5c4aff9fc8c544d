using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Placement;
using static ClusterScheduler.Core.Tests.Placement.PlacementCases;

namespace ClusterScheduler.Core.Tests.Placement;

public class PolicyTests
{
    private static int[] CountByAgent(PlacementRequest request, string policy) =>
        [.. PlacementPolicies.Get(policy).Place(request).Assignments
            .GroupBy(one => one.Agent).OrderBy(on => on.Key).Select(on => on.Count())];

    [Fact]
    public void First_fit_fills_the_first_agent_by_name() =>
        Assert.Equal([4, 2], CountByAgent(Request(0, [Group("a", 1, 6)], Agent("x", 4), Agent("y", 4), Agent("z", 4)),
            PlacementNames.FirstFit));

    [Fact]
    public void Spread_gives_each_agent_its_share() =>
        Assert.Equal(
            [2, 2, 2], CountByAgent(Request(0, [Group("a", 1, 6)], Agent("x", 4), Agent("y", 4), Agent("z", 4)),
            PlacementNames.Spread));

    [Fact]
    public void Spread_counts_shares_and_not_amounts() =>
        Assert.Equal([4, 2], CountByAgent(Request(0, [Group("a", 1, 6)], Agent("x", 8), Agent("y", 4)),
            PlacementNames.Spread));

    [Fact]
    public void Every_name_has_a_policy() =>
        Assert.Equal(PlacementNames.All, PlacementPolicies.All.Select(policy => policy.Name));

    [Fact]
    public void No_policy_breaks_a_rule_or_leaves_a_place_empty()
    {
        foreach (var seed in Seeds(500))
        {
            var request = Random(seed, tasksMax: 20, agentsMax: 6, perAgentMax: 4);
            foreach (var policy in PlacementPolicies.All)
            {
                var round = new PlacementRound(request);
                var result = policy.Place(request);
                foreach (var one in result.Assignments)
                {
                    Assert.True(round.CanPlace(one.Group, one.Agent), $"{policy.Name}: {Replay(seed)}");
                    round.Place(one.Group, one.Agent);
                }

                var placed = result.Assignments.Select(one => (one.Group, one.Instance)).ToHashSet();
                Assert.Equal(placed.Count, result.Assignments.Length);
                var left = request.Groups.SelectMany((group, index) => group.Instances
                    .Where(instance => !placed.Contains((index, instance))).Select(_ => index));
                Assert.True(left.All(group => Enumerable.Range(0, request.Agents.Length)
                    .All(agent => !round.CanPlace(group, agent))), $"{policy.Name} left a place: {Replay(seed)}");
            }
        }
    }

    [Fact]
    public void What_vetoes_is_what_decides()
    {
        foreach (var seed in Seeds(300))
        {
            var request = Random(seed, tasksMax: 4, agentsMax: 6, perAgentMax: 2);
            var round = new PlacementRound(request);
            for (var agent = 0; agent < request.Agents.Length; agent++)
            {
                Assert.True(round.CanPlace(0, agent) == round.Vetoes(0, agent).IsEmpty, Replay(seed));
            }
        }
    }

    [Fact]
    public void A_task_that_never_fits_names_the_nearest_agent_and_what_is_short()
    {
        var why = PlacementExplanation.Of(Group("a", 8), [Agent("x", 2), Agent("y", 6), Agent("z", 4)], 0);
        Assert.True(why.NeverFits);
        Assert.Equal("y", why.Nearest!.Agent.Name);
        Assert.Equal("needs 8 cpus, has at most 6", Assert.Single(why.Nearest.Vetoes).ToString());
        Assert.Equal(new VetoCount(VetoKind.InsufficientResource, "cpus", true, 3), Assert.Single(why.Reasons));
    }

    [Fact]
    public void An_agent_that_is_full_now_is_nearer_than_one_that_is_too_small()
    {
        var busy = Agent("busy", 8) with { Free = new Amounts(0, 0, 0, 0) };
        var why = PlacementExplanation.Of(Group("a", 8), [busy, Agent("small", 7.9)], 0);
        Assert.False(why.NeverFits);
        Assert.Equal("busy", why.Nearest!.Agent.Name);
    }

    [Fact]
    public void An_agent_that_is_about_to_go_away_takes_nothing_and_says_when_it_goes()
    {
        var leaving = Agent("x", 8) with { LeavesAt = DateTimeOffset.UnixEpoch };
        var why = PlacementExplanation.Of(Group("a", 1), [leaving], 0);
        Assert.False(why.NeverFits);
        Assert.Equal("nearest is x: maintenance begins at 1970-01-01 00:00:00Z, and nothing is started so near to it",
            why.NearestSentence);
        var busy = Agent("y", 8) with { Free = new Amounts(0, 0, 0, 0) };
        Assert.Equal("y", PlacementExplanation.Of(Group("a", 8), [leaving, busy], 0).Nearest!.Agent.Name);
    }

    [Fact]
    public void Constraints_rule_out_before_resources_do()
    {
        var why = PlacementExplanation.Of(
            Group("a", 8, 1, new JobConstraint.Value(
                "rack", Negated: true, ["r1"])), [Agent("x", 2, ("rack", "r1"))], 0);
        Assert.Equal("constraint rack: !r1 is not met, the agent has r1",
            Assert.Single(why.Nearest!.Vetoes).ToString());
    }
}
