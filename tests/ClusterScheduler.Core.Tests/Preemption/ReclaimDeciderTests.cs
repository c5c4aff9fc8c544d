using ClusterScheduler.Core.Preemption;

namespace ClusterScheduler.Core.Tests.Preemption;

public sealed class ReclaimDeciderTests
{
    [Fact]
    public void Nothing_happens_before_the_role_has_waited_long_enough()
    {
        var plan = Scene.Decide(ReclaimMode.Ask, 59, Scene.Task("t1", "batch", "cpus:4"));
        Assert.Empty(plan.Steps);
        Assert.False(plan.IsAnyDue);
    }

    [Fact]
    public void It_is_asked_twice_whether_a_role_can_be_offered_an_agent_however_many_tasks_run_there()
    {
        var asked = new List<string>();
        ReclaimTask[] tasks = [.. Enumerable.Range(0, 50).Select(at => Scene.Task($"t{at}", "batch", "cpus:1"))];
        var plan = ReclaimDecider.Decide(
            [Scene.Role("prod", "cpus:4", since: 0), Scene.Role("batch", excess: "cpus:50")],
            tasks,
            (role, agent, freed) =>
            {
                asked.Add($"{role} {agent} {freed}");
                return true;
            },
            Scene.Settings(ReclaimMode.Ask),
            Scene.Start.AddMinutes(2));
        Assert.Equal(4, plan.Steps.Count);
        Assert.Equal(["prod a cpus:50", "prod a cpus:4"], asked);
    }

    [Fact]
    public void Off_is_a_dry_run_that_shows_who_would_lose_what()
    {
        var plan = Scene.Decide(ReclaimMode.Off, 120, Scene.Task("t1", "batch", "cpus:4"));
        Assert.True(plan.IsDryRun);
        Assert.Equal("Ask t1", Scene.Text(plan));
    }

    [Fact]
    public void Frameworks_are_asked_first_revocable_and_low_priority_tasks_before_others()
    {
        var plan = Scene.Decide(
            ReclaimMode.Kill,
            120,
            Scene.Task("high", "batch", "cpus:2", priority: 9),
            Scene.Task("low", "batch", "cpus:2", priority: 1),
            Scene.Task("revocable", "batch", "cpus:2;mem{REV}:8", priority: 9));
        Assert.Equal("Ask revocable, Ask low", Scene.Text(plan));
        Assert.All(plan.Steps, step => Assert.Equal(Scene.Start.AddMinutes(7), step.Deadline));
    }

    [Fact]
    public void After_the_deadline_only_what_the_operator_allows_is_killed()
    {
        ReclaimTask[] asked =
        [
            Scene.Task("revocable", "batch", "cpus:2;mem{REV}:8", until: 300),
            Scene.Task("other", "batch", "cpus:2", until: 300),
        ];
        Assert.Equal("WaitForDeadline revocable, WaitForDeadline other",
            Scene.Text(Scene.Decide(ReclaimMode.Kill, 299, asked)));
        Assert.Equal("NotAllowedToKill revocable, NotAllowedToKill other",
            Scene.Text(Scene.Decide(ReclaimMode.Ask, 300, asked)));
        Assert.Equal("KillRevocable revocable, NotAllowedToKill other",
            Scene.Text(Scene.Decide(ReclaimMode.KillRevocable, 300, asked)));
        Assert.Equal("KillRevocable revocable, KillByPriority other",
            Scene.Text(Scene.Decide(ReclaimMode.Kill, 300, asked)));
    }

    [Fact]
    public void Never_more_than_needed_a_small_task_is_spared_when_a_larger_one_is_enough()
    {
        var plan = Scene.Decide(
            ReclaimMode.Ask,
            120,
            Scene.Task("small", "batch", "cpus:1", priority: 0),
            Scene.Task("large", "batch", "cpus:4", priority: 1));
        Assert.Equal("Ask large", Scene.Text(plan));
        Assert.Empty(plan.Missing);
    }

    [Fact]
    public void Of_equal_tasks_the_smaller_go_first_so_that_little_is_taken_beyond_the_need()
    {
        Assert.Equal("Ask a, Ask large", Scene.Text(Scene.Decide(
            ReclaimMode.Ask,
            120,
            Scene.Task("a", "batch", "cpus:1"),
            Scene.Task("b", "batch", "cpus:1"),
            Scene.Task("huge", "batch", "cpus:9"),
            Scene.Task("large", "batch", "cpus:3"))));
    }

    [Fact]
    public void What_is_on_its_way_out_counts_and_is_not_asked()
    {
        var plan = Scene.Decide(
            ReclaimMode.Kill,
            400,
            Scene.Task("a", "batch", "cpus:3", until: 300),
            Scene.Task("b", "batch", "cpus:1", until: 300),
            Scene.Task("dying", "dev", "cpus:3", priority: 9) with { IsEnding = true });
        Assert.Equal("Ending dying, KillByPriority b", Scene.Text(plan));
    }

    [Fact]
    public void No_role_is_taken_below_its_own_guarantee_and_what_is_missing_is_said()
    {
        var plan = Scene.Decide(
            ReclaimMode.Ask, 120, Scene.Task("t1", "dev", "cpus:2"), Scene.Task("t2", "dev", "cpus:2"));
        Assert.Equal("Ask t1", Scene.Text(plan));
        Assert.Equal("cpus:2", Assert.Single(plan.Missing).Missing.ToString());
    }

    [Fact]
    public void Tasks_of_the_role_itself_and_of_its_sub_roles_are_left_alone()
    {
        var plan = Scene.Decide(
            ReclaimMode.Ask, 120, Scene.Task("own", "prod", "cpus:4"), Scene.Task("below", "prod/web", "cpus:4"));
        Assert.Empty(plan.Steps);
    }

    [Fact]
    public void What_is_reserved_or_revocable_frees_nothing_for_others()
    {
        var plan = Scene.Decide(
            ReclaimMode.Kill,
            120,
            Scene.Task("lent", "batch", "cpus{REV}:4"),
            Scene.Task("reserved", "batch", "cpus(+batch):4"),
            Scene.Task("both", "batch", "cpus(+batch):2;cpus:1"));
        Assert.Equal("Ask both", Scene.Text(plan));
        Assert.Equal("cpus:3", Assert.Single(plan.Missing).Missing.ToString());
    }

    [Fact]
    public void A_task_that_was_asked_is_preferred_so_that_not_everyone_is_asked_in_turn()
    {
        var plan = Scene.Decide(
            ReclaimMode.Ask,
            180,
            Scene.Task("a", "batch", "cpus:4"),
            Scene.Task("b", "batch", "cpus:4", priority: 9, until: 420));
        Assert.Equal("WaitForDeadline b", Scene.Text(plan));
    }

    [Fact]
    public void One_that_was_asked_in_vain_comes_after_those_that_were_not()
    {
        var plan = Scene.Decide(
            ReclaimMode.Ask,
            500,
            Scene.Task("a", "batch", "cpus:4") with { AskedInVain = 1 },
            Scene.Task("b", "batch", "cpus:4", priority: 9));
        Assert.Equal("Ask b", Scene.Text(plan));
    }

    [Fact]
    public void The_role_that_has_waited_longest_is_served_first()
    {
        var plan = Scene.Decide(
            [
                Scene.Role("a", unmet: "cpus:2", since: 30),
                Scene.Role("b", unmet: "cpus:2", since: 0),
                Scene.Role("batch", excess: "cpus:2"),
            ],
            ReclaimMode.Ask,
            120,
            Scene.Task("t", "batch", "cpus:2"));
        Assert.Equal("b", Assert.Single(plan.Steps).For.Value);
        Assert.Equal("a", Assert.Single(plan.Missing).Role.Value);
    }

    [Fact]
    public void A_sub_role_takes_back_from_its_siblings_and_from_the_role_above_but_not_below_what_that_is_due()
    {
        ReclaimRole[] roles =
        [
            Scene.Role("eng", excess: "", own: "cpus:1"),
            Scene.Role("eng/db", unmet: "cpus:4", since: 0),
            Scene.Role("eng/web", excess: "cpus:2"),
        ];
        var plan = Scene.Decide(
            roles,
            ReclaimMode.Ask,
            120,
            Scene.Task("above", "eng", "cpus:1"),
            Scene.Task("above-2", "eng", "cpus:1"),
            Scene.Task("sibling", "eng/web", "cpus:2"),
            Scene.Task("sibling-2", "eng/web", "cpus:2"));
        Assert.Equal("Ask above, Ask sibling", Scene.Text(plan));
        Assert.Equal("cpus:1", Assert.Single(plan.Missing).Missing.ToString());
    }

    [Fact]
    public void Nobody_goes_where_the_role_that_waits_can_be_offered_nothing()
    {
        var plan = ReclaimDecider.Decide(
            [Scene.Role("prod", unmet: "cpus:4", since: 0), Scene.Role("batch", excess: "cpus:20")],
            [Scene.Task("elsewhere", "batch", "cpus:4")],
            static (_, _, _) => false,
            Scene.Settings(ReclaimMode.Kill),
            Scene.Start.AddSeconds(120));
        Assert.Empty(plan.Steps);
        Assert.Equal("cpus:4", Assert.Single(plan.Missing).Missing.ToString());
    }
}
