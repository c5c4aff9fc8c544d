using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Preemption;
using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Tests.Preemption;

public sealed class ReclaimDeciderTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch;
    private static readonly ReclaimSettings On = ReclaimSettings.Default with { IsOn = true };
    private static readonly ReclaimSettings Kill = On with { MayKillRevocable = true, MayKillByPriority = true };

    [Fact]
    public void Nothing_happens_before_the_role_has_waited_long_enough()
    {
        var plan = Decide(On, Start.AddSeconds(59), Task("t1", "batch", "cpus:4"));
        Assert.Empty(plan.Steps);
    }

    [Fact]
    public void Off_is_a_dry_run_that_shows_who_would_lose_what()
    {
        var plan = Decide(ReclaimSettings.Default, Start.AddMinutes(2), Task("t1", "batch", "cpus:4"));
        Assert.True(plan.IsDryRun);
        Assert.Equal("Ask t1", Text(plan));
    }

    [Fact]
    public void Frameworks_are_asked_first_revocable_and_low_priority_tasks_before_others()
    {
        var plan = Decide(
            Kill,
            Start.AddMinutes(2),
            Task("high", "batch", "cpus:2", priority: 9),
            Task("low", "batch", "cpus:2", priority: 1),
            Task("revocable", "batch", "cpus:2", priority: 9, isRevocable: true));
        Assert.Equal("Ask revocable, Ask low", Text(plan));
        Assert.All(plan.Steps, step => Assert.Equal(Start.AddMinutes(7), step.Deadline));
    }

    [Fact]
    public void After_the_deadline_only_what_the_operator_allows_is_killed()
    {
        ReclaimTask[] asked =
        [
            Task("revocable", "batch", "cpus:2", isRevocable: true, askedAt: 0),
            Task("other", "batch", "cpus:2", askedAt: 0),
        ];
        Assert.Equal(
            "WaitForDeadline revocable, WaitForDeadline other", Text(Decide(Kill, Start.AddMinutes(4), asked)));
        Assert.Equal(
            "NotAllowedToKill revocable, NotAllowedToKill other", Text(Decide(On, Start.AddMinutes(6), asked)));
        Assert.Equal(
            "KillRevocable revocable, KillByPriority other", Text(Decide(Kill, Start.AddMinutes(6), asked)));
    }

    [Fact]
    public void Never_more_than_needed_a_small_task_is_spared_when_a_larger_one_is_enough()
    {
        var plan = Decide(
            On,
            Start.AddMinutes(2),
            Task("small", "batch", "cpus:1", priority: 0),
            Task("large", "batch", "cpus:4", priority: 1));
        Assert.Equal("Ask large", Text(plan));
        Assert.Empty(plan.Missing);
    }

    [Fact]
    public void No_role_is_taken_below_its_own_guarantee_and_what_is_missing_is_said()
    {
        var plan = Decide(On, Start.AddMinutes(2), Task("t1", "dev", "cpus:2"), Task("t2", "dev", "cpus:2"));
        Assert.Equal("Ask t1", Text(plan));
        Assert.Equal("cpus:2", Assert.Single(plan.Missing).Missing.ToString());
    }

    [Fact]
    public void Tasks_of_the_role_itself_and_of_its_sub_roles_are_left_alone()
    {
        var plan = Decide(On, Start.AddMinutes(2), Task("own", "prod", "cpus:4"), Task("below", "prod/web", "cpus:4"));
        Assert.Empty(plan.Steps);
    }

    [Fact]
    public void A_task_that_was_asked_is_preferred_so_that_not_everyone_is_asked_in_turn()
    {
        var plan = Decide(
            On,
            Start.AddMinutes(3),
            Task("a", "batch", "cpus:4"),
            Task("b", "batch", "cpus:4", priority: 9, askedAt: 2));
        Assert.Equal("WaitForDeadline b", Text(plan));
    }

    private static ReclaimPlan Decide(ReclaimSettings settings, DateTimeOffset now, params ReclaimTask[] tasks) =>
        ReclaimDecider.Decide(
            [
                new ReclaimRole(RoleName.Parse("prod"), ResourceSet.Parse("cpus:4"), Start, default),
                new ReclaimRole(RoleName.Parse("batch"), default, null, ResourceSet.Parse("cpus:20")),
                new ReclaimRole(RoleName.Parse("dev"), default, null, ResourceSet.Parse("cpus:3")),
            ],
            tasks,
            settings,
            now);

    private static ReclaimTask Task(
        string id, string role, string resources, int priority = 0, bool isRevocable = false, int? askedAt = null) =>
        new(
            new TaskId(id),
            new FrameworkId("f"),
            RoleName.Parse(role),
            new AgentId("a"),
            ResourceSet.Parse(resources),
            isRevocable,
            priority,
            askedAt is { } minute ? Start.AddMinutes(minute) : null);

    private static string Text(ReclaimPlan plan) =>
        string.Join(", ", plan.Steps.Select(step => $"{step.Action} {step.Task.Task}"));
}
