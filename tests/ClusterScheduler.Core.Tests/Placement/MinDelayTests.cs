using System.Collections.Immutable;
using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Placement;
using ClusterScheduler.Core.Placement.MinDelay;
using static ClusterScheduler.Core.Tests.Placement.PlacementCases;

namespace ClusterScheduler.Core.Tests.Placement;

public class MinDelayTests
{
    private static readonly MinDelayPolicy Policy = new();

    private static readonly PlacementRequest ThreeAgents = Request(1,
        [Group("one", 1), Group("three", 3), Group("two", 2)],
        Agent("large", 6), Agent("medium", 4), Agent("small", 2));

    private static string[] Places(PlacementRequest request, PlacementResult result) =>
        [.. result.Assignments
            .Select(one => $"{request.Groups[one.Group].Job.Name}/{one.Instance}@{request.Agents[one.Agent].Name}")
            .Order(StringComparer.Ordinal)];

    [Fact]
    public void Three_tasks_on_three_agents_cost_one_and_a_half()
    {
        var result = Policy.Place(ThreeAgents);
        Assert.Equal(new Ratio(3, 2), result.Cost);
        Assert.Equal("1.5", result.Cost.ToString());
        Assert.Equal(PlacementMethod.ExactAssignment, result.Method);
        Assert.Equal(["one/0@small", "three/0@large", "two/0@medium"], Places(ThreeAgents, result));
    }

    [Fact]
    public void Several_per_agent_may_share_the_largest()
    {
        var request = ThreeAgents with { PerAgent = 0 };
        var result = Policy.Place(request);
        Assert.Equal(new Ratio(1, 1), result.Cost);
        Assert.Equal(PlacementMethod.ExactSearch, result.Method);
        Assert.Equal(["one/0@large", "three/0@large", "two/0@large"], Places(request, result));
    }

    [Fact]
    public void Equal_sums_are_decided_by_name()
    {
        var request = Request(1, [Group("a", 1, 2), Group("b", 1)], Agent("z", 4), Agent("y", 4), Agent("x", 4));
        Assert.Equal(["a/0@x", "a/1@y", "b/0@z"], Places(request, Policy.Place(request)));
    }

    [Fact]
    public void As_many_tasks_as_possible_are_placed_before_the_sum_counts()
    {
        // The cheapest single placement (b on big) would leave a out.
        var request = Request(1, [Group("a", 5), Group("b", 1)], Agent("big", 6), Agent("little", 1));
        Assert.Equal(["a/0@big", "b/0@little"], Places(request, Policy.Place(request)));
    }

    [Fact]
    public void A_task_already_there_counts_for_the_limit()
    {
        var request = Request(1, [Group("a", 1)], Agent("x", 8) with { Taken = 1 }, Agent("y", 2));
        Assert.Equal(["a/0@y"], Places(request, Policy.Place(request)));
    }

    [Fact]
    public void A_limit_per_host_is_an_assignment_too()
    {
        var request = Request(0, [Group("a", 1, 3, new JobConstraint.Limit("host", 1))], Agent("x", 2), Agent("y", 4));
        var result = Policy.Place(request);
        Assert.Equal(PlacementMethod.ExactAssignment, result.Method);
        Assert.Equal(["a/0@x", "a/1@y"], Places(request, result));
    }

    [Fact]
    public void A_limit_per_rack_holds()
    {
        var request = Request(0, [Group("a", 1, 4, new JobConstraint.Limit("rack", 1))],
            Agent("x", 8, ("rack", "r1")), Agent("y", 4, ("rack", "r1")), Agent("z", 2, ("rack", "r2")), Agent("n", 9));
        Assert.Equal(["a/0@x", "a/1@z"], Places(request, Policy.Place(request)));
    }

    [Fact]
    public void One_per_agent_equals_brute_force()
    {
        foreach (var seed in Seeds(600))
        {
            var request = Random(seed, tasksMax: 5, agentsMax: 5, perAgentMax: 0) with { PerAgent = 1 };
            AssertSame(seed, request, PlacementMethod.ExactAssignment);
        }
    }

    [Fact]
    public void Several_per_agent_equals_brute_force()
    {
        foreach (var seed in Seeds(600))
        {
            AssertSame(seed, Random(seed, tasksMax: 5, agentsMax: 4, perAgentMax: 3), null);
        }
    }

    [Fact]
    public void The_order_of_agents_and_groups_decides_nothing()
    {
        foreach (var seed in Seeds(300))
        {
            var request = Random(seed, tasksMax: 6, agentsMax: 6, perAgentMax: 2);
            var turned = request with
            {
                Agents = [.. request.Agents.Reverse()],
                Groups = [.. request.Groups.Reverse()],
            };
            Assert.True(
                Places(request, Policy.Place(request)).SequenceEqual(Places(turned, Policy.Place(turned))),
                Replay(seed));
        }
    }

    [Fact]
    public void Large_requests_are_placed_without_breaking_a_rule()
    {
        foreach (var seed in Seeds(5))
        {
            var random = new Random(seed);
            ImmutableArray<PlacementAgent> agents =
                [.. Enumerable.Range(0, 60).Select(index => Agent($"a{index:D2}", random.Next(1, 64)))];
            ImmutableArray<PlacementGroup> groups =
                [.. Enumerable.Range(0, 8).Select(index => Group($"g{index}", random.Next(1, 16), 20))];
            var several = Policy.Place(Request(0, groups, agents));
            Assert.Equal(PlacementMethod.Heuristic, several.Method);
            var used = several.Assignments.GroupBy(one => one.Agent)
                .Select(on => (on.Key, Cpus: on.Sum(one => groups[one.Group].Need.Cpus)));
            Assert.All(used, pair => Assert.True(pair.Cpus <= agents[pair.Key].Free.Cpus, Replay(seed)));

            var single = Policy.Place(Request(1, groups, agents));
            Assert.Equal(PlacementMethod.ExactAssignment, single.Method);
            Assert.Equal(single.Assignments.Length, single.Assignments.Select(one => one.Agent).Distinct().Count());
        }
    }

    [Fact]
    public void The_heuristic_is_never_better_than_the_exact_answer()
    {
        foreach (var seed in Seeds(300))
        {
            var request = Random(seed, tasksMax: 6, agentsMax: 4, perAgentMax: 0);
            var scale = new CostScale(request);
            var tasks = WaitingTask.AllByName(request);
            var greedy = new MinDelayHeuristic(request, scale, tasks, AgentOrder.ByName(request)).Solve();
            var placed = greedy.Count(agent => agent >= 0);
            var exact = Policy.Place(request);
            Assert.True(placed <= exact.Assignments.Length, Replay(seed));
        }
    }

    [Fact]
    public void Alternatives_of_three_agents_begin_with_the_answer()
    {
        var all = MinDelayAlternatives.List(ThreeAgents, 10);
        Assert.True(all.IsComplete);
        Assert.Equal(4, all.Count);
        Assert.Equal(["1.5", "1.5833", "1.75", "1.9167"], all.Ways.Select(way => way.Sum.ToString()));
        Assert.Equal([(1000L, 2000L), (3000L, 6000L), (2000L, 4000L)],
            all.Ways[0].Terms.Select(term => (term.NeedCpus, term.FreeCpus)));
    }

    private static void AssertSame(int seed, PlacementRequest request, PlacementMethod? method)
    {
        var (sum, agentOf) = NaiveMinDelay.Solve(request);
        var result = Policy.Place(request);
        var found = NaiveMinDelay.AgentOf(request, result);
        Assert.True(
            method is null ? result.Method != PlacementMethod.Heuristic : result.Method == method, Replay(seed));
        Assert.True(sum == result.Cost, $"{sum} against {result.Cost}: {Replay(seed)}");
        Assert.True(agentOf.SequenceEqual(found),
            $"[{string.Join(",", agentOf)}] against [{string.Join(",", found)}]: {Replay(seed)}");
    }
}
