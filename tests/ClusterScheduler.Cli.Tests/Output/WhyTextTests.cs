using ClusterScheduler.Cli.Commands;
using ClusterScheduler.Gateway.Views;

namespace ClusterScheduler.Cli.Tests.Output;

/// <summary>What csched why prints.</summary>
public sealed class WhyTextTests
{
    private static readonly AllocationWhyView Kept = new(
        "*", "cpus:6", 3,
        [
            new RuleView("headroom", 3, 3, "kept away: what is free is kept for guarantees of other roles"),
            new RuleView("filtered", 2, 0, "filtered: the framework declined at least as much there"),
            new RuleView("tooSmall", 3, 0, "have too little free for the demand"),
        ],
        [
            new NearAgentView("a-1", "host-1", "headroom", "cpus:2", "cpus:2")
            {
                Rules = ["headroom", "filtered", "tooSmall"],
                Free = "cpus:4",
            },
            new NearAgentView("a-2", "host-2", "none", "cpus:6", "") { Free = "cpus:6" },
        ],
        [], [], [], 0)
    {
        KeptFor = [new KeptForView("eng", "cpus:10")],
    };

    [Fact]
    public void Every_rule_is_counted_and_an_agent_tells_what_is_free_what_quota_leaves_and_what_is_short()
    {
        using var output = new StringWriter();
        WhyAllocationCommands.Write(Kept, output);
        Assert.Equal("""
              role * for cpus:6: 3 agents
                3 kept away: what is free is kept for guarantees of other roles
                2 filtered: the framework declined at least as much there; 2 of them are counted above, too
                3 have too little free for the demand; 3 of them are counted above, too
                kept: cpus:10 for the guarantee of eng
                near: host-1 (a-1): headroom, filtered, tooSmall; cpus:4 free for it, of which quota leaves cpus:2; \
            short of cpus:2
                near: host-2 (a-2): can be offered; cpus:6 free for it

            """.Replace("\\\n", "", StringComparison.Ordinal), output.ToString());
    }

    [Fact]
    public void A_framework_tells_its_turn_and_its_filters_once_and_for_each_demand_who_waits_for_it()
    {
        var any = new AllocationWhyView("*", "", 1, [], [], [new PositionView("*", 1, 1, 0)], [],
            [new OfferFilterView("a-1", "cpus:1", DateTimeOffset.MaxValue)], 4);
        using var output = new StringWriter();
        WhyAllocationCommands.Write(
            new FrameworkWhyView("services", "services", null,
            [
                any,
                any with { Demand = "cpus:6", WaitedForBy = new WaitingTasksView(1, ["me/devel/a"], 1) },
                any with { Demand = "cpus:9", WaitedForBy = new WaitingTasksView(9, ["me/devel/b", "me/devel/c"], 7) },
            ])
            {
                MoreDemands = 3,
                DemandsUnknown = true,
            },
            output);
        var lines = output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("    filter: a-1 for another ", lines[3], StringComparison.Ordinal);
        Assert.Equal(
            [
                "framework services (services)", "  role *: 1 agents", "    turn: *: place 1 of 1, weighted share 0%",
                "    and 3 more filters",
                "  role * for cpus:6: 1 agents", "    waited for by 1 task of me/devel/a",
                "  role * for cpus:9: 1 agents", "    waited for by 9 tasks of me/devel/b, me/devel/c and 5 more jobs",
                "  and 3 more demands that its tasks wait for",
                "  the service scheduler has not answered: if it is this framework, what its tasks wait for is left "
                    + "out. Ask again in a moment.",
            ],
            lines.Where((_, at) => at != 3));
    }

    [Fact]
    public void A_task_that_waits_out_a_failover_says_so()
    {
        using var output = new StringWriter();
        WhyCommand.Write(
            new WhyView("me/devel/job", 0, "waitsForAgent", "no agent has been offered yet", [], null, null, [], null)
            {
                Allocation = Kept,
                HeldBackUntil = DateTimeOffset.UnixEpoch,
            },
            output);
        Assert.Contains("before most agents are back, or 1970-01-01 00:00:00Z", output.ToString(),
            StringComparison.Ordinal);
    }
}
