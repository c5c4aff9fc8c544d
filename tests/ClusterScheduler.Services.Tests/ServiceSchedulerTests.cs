using ClusterScheduler.Core.Agents;
using ClusterScheduler.Core.Frameworks;
using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Jobs.Life;
using ClusterScheduler.Core.Offers;
using ClusterScheduler.Core.Tasks;
using ClusterScheduler.Protocol;
using static ClusterScheduler.Services.Tests.ServicesSubject;

namespace ClusterScheduler.Services.Tests;

/// <summary>The scheduler as a framework: what it says to the cluster and to its users.</summary>
public sealed class ServiceSchedulerTests
{
    [Fact]
    public async Task A_job_is_taken_launched_on_offers_and_finished()
    {
        using var subject = await Connected();
        subject.Fake.RunTasks(static _ => TaskState.Finished);
        var accepted = await subject.Submit(
            Job("map", instances: 3, command: "echo {{instance}} {{hostname}} {{{{x}}"));
        Assert.Equal(1, accepted.Submission);
        await subject.Fake.Expect<FrameworkProtocol.ReviveOffers>();

        subject.Fake.Offer("cpus:2;mem:1024;disk:1024", "agent-1");
        subject.Fake.Offer("cpus:2;mem:1024;disk:1024", "agent-2");
        var tasks = await subject.Launched(3);

        Assert.Equal(["map-1-0-0", "map-1-1-0", "map-1-2-0"], tasks.Select(task => task.TaskId.Value).Order());
        var first = tasks.Single(task => task.TaskId.Value == "map-1-0-0");
        Assert.Equal("echo 0 agent-1 {{{{x}}", first.Plan.Processes[0].Arguments[2]);
        Assert.Equal("submission-1", first.SharedDirectory);
        var job = await subject.Until(new JobKey("r", "devel", "map"), job => job.Phase == JobPhase.Finished);
        Assert.Equal(3, job.Finished);
        await subject.Fake.Expect<FrameworkProtocol.SuppressOffers>();
    }

    [Fact]
    public async Task A_job_starts_after_the_ones_it_waits_for()
    {
        using var subject = await Connected();
        var map = Job("map");
        var reduce = Job("reduce") with { After = [map.Key] };
        await subject.Submit(map, reduce);
        subject.Fake.Offer("cpus:8;mem:1024;disk:1024");
        var first = Assert.Single(await subject.Launched(1));
        Assert.Equal(JobPhase.Waiting, (await subject.Job(reduce.Key)).Phase);
        var why = await subject.Ask<ServicesProtocol.WhyAnswer>(new ServicesProtocol.Why(reduce.Key, null));
        Assert.Equal(ServicesProtocol.WhyKind.WaitsForJobs, why.Kind);

        subject.Fake.Update(first.TaskId, TaskState.Finished);
        await subject.Until(reduce.Key, job => job.Phase == JobPhase.Pending);
        subject.Fake.Offer("cpus:8;mem:1024;disk:1024");
        Assert.Equal("reduce-2-0-0", Assert.Single(await subject.Launched(1)).TaskId.Value);
    }

    [Fact]
    public async Task A_job_whose_predecessor_failed_is_never_run()
    {
        using var subject = await Connected();
        subject.Fake.RunTasks(static _ => TaskState.Failed);
        var map = Job("map");
        var reduce = Job("reduce") with { After = [map.Key] };
        await subject.Submit(map, reduce);
        subject.Fake.Offer("cpus:8;mem:1024;disk:1024");
        var job = await subject.Until(reduce.Key, job => job.Phase == JobPhase.Skipped);
        Assert.Equal("r/devel/map ended as failed", job.Cause);
    }

    [Fact]
    public async Task A_failed_attempt_is_tried_again_as_often_as_the_job_allows()
    {
        using var subject = await Connected();
        subject.Fake.RunTasks(static _ => TaskState.Failed);
        var job = Job("flaky", maxFailures: 3);
        await subject.Submit(job);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await subject.Fake.Expect<FrameworkProtocol.ReviveOffers>();
            subject.Fake.Offer("cpus:8;mem:1024;disk:1024");
            Assert.Equal($"flaky-1-0-{attempt}", Assert.Single(await subject.Launched(1)).TaskId.Value);
            await subject.Fake.Expect<FrameworkProtocol.SuppressOffers>();
        }

        await subject.Until(job.Key, now => now.Phase == JobPhase.Failed);
    }

    [Fact]
    public async Task After_a_restart_nothing_is_lost_and_nothing_launched_twice()
    {
        using var subject = await Connected();
        var job = Job("map", instances: 3);
        await subject.Submit(job);
        subject.Fake.Offer("cpus:2;mem:1024;disk:1024");
        var launched = await subject.Launched(2);
        foreach (var task in launched)
        {
            subject.Fake.Update(task.TaskId, TaskState.Running);
        }

        await subject.Restart();
        var known = await subject.Job(job.Key);
        Assert.Equal((2, 1), (known.Active, known.Waiting));
        var asked = await subject.Fake.Expect<FrameworkProtocol.Reconcile>();
        Assert.Equal(launched.Select(task => task.TaskId).Order(), asked.TaskIds.Order());

        subject.Fake.RunTasks(static _ => TaskState.Finished);
        launched.ForEach(task => subject.Fake.Update(task.TaskId, TaskState.Finished));
        subject.Fake.Offer("cpus:2;mem:1024;disk:1024");
        Assert.Equal("map-1-2-0", Assert.Single(await subject.Launched(1)).TaskId.Value);
        await subject.Until(job.Key, now => now.Phase == JobPhase.Finished);
    }

    [Fact]
    public async Task A_task_that_nobody_knows_any_more_is_launched_again_under_a_new_id()
    {
        using var subject = await Connected();
        var job = Job("map");
        await subject.Submit(job);
        subject.Fake.Offer("cpus:2;mem:1024;disk:1024");
        var first = Assert.Single(await subject.Launched(1));
        subject.Fake.Update(first.TaskId, TaskState.Dropped, StatusReason.InvalidOffers, "its offer had ended");
        await subject.Fake.Expect<FrameworkProtocol.ReviveOffers>();
        await subject.Fake.Expect<FrameworkProtocol.ReviveOffers>();
        subject.Fake.Offer("cpus:2;mem:1024;disk:1024");
        Assert.Equal("map-1-0-1", Assert.Single(await subject.Launched(1)).TaskId.Value);
    }

    [Fact]
    public async Task Killing_ends_waiting_instances_at_once_and_running_ones_by_their_agents()
    {
        using var subject = await Connected();
        var job = Job("map", instances: 2);
        await subject.Submit(job);
        subject.Fake.Offer("cpus:1;mem:1024;disk:1024");
        var task = Assert.Single(await subject.Launched(1));
        await subject.Ask<ServicesProtocol.KillNoted>(new ServicesProtocol.KillJob(job.Key, []));
        Assert.Equal(task.TaskId, (await subject.Fake.ExpectKill()).TaskId);
        Assert.Equal((1, 1), (await subject.Job(job.Key)) is var now ? (now.Killed, now.Active) : default);
        subject.Fake.Update(task.TaskId, TaskState.Killed);
        await subject.Until(job.Key, after => after.Phase == JobPhase.Killed);
    }

    [Fact]
    public async Task A_running_task_that_is_not_known_is_killed()
    {
        using var subject = await Connected();
        await subject.Ask<ServicesProtocol.JobList>(new ServicesProtocol.ListJobs());
        subject.Fake.Update(new TaskId("stranger-7-0-0"), TaskState.Running);
        Assert.Equal("stranger-7-0-0", (await subject.Fake.ExpectKill()).TaskId.Value);
        await subject.Fake.ExpectAcknowledge();
    }

    [Fact]
    public async Task A_task_that_never_fits_says_which_agent_comes_nearest()
    {
        using var subject = await Connected();
        var job = Job("large", cpus: 8);
        await subject.Submit(job);
        subject.Fake.Offer("cpus:2;mem:1024;disk:1024", "small");
        subject.Fake.Offer("cpus:6;mem:1024;disk:1024", "medium");
        await subject.Until(job.Key, now => now.NeverFits.Contains("medium", StringComparison.Ordinal));
        var why = await subject.Ask<ServicesProtocol.WhyAnswer>(new ServicesProtocol.Why(job.Key, 0));
        Assert.Equal(ServicesProtocol.WhyKind.NeverFits, why.Kind);
        Assert.Equal(
            "none of 2 agents has ever had enough for it; nearest is medium: needs 8 cpus, has at most 6",
            why.Sentence);
        var decline = await subject.Fake.ExpectDecline();
        Assert.Equal(Settings.RefuseUnfitting, decline.Filters.RefuseFor);
    }

    [Fact]
    public async Task What_tasks_wait_for_is_listed_once_each_with_whose_they_are()
    {
        using var subject = await Connected();
        await subject.Submit(Job("many", instances: 3, cpus: 8), Job("other", cpus: 8), Job("huge", cpus: 64));
        await subject.Submit(Job("early") with { Priority = 5 });
        await subject.Submit([.. Enumerable.Range(1, 30).Select(at => Job($"job{at}", cpus: 100 + at))]);
        var list = await subject.Ask<ServicesProtocol.DemandList>(
            new ServicesProtocol.ListDemands(Settings.FrameworkId));
        Assert.Equal(
            ["1 of r/devel/early: 1", "4 of r/devel/many,r/devel/other: 8", "1 of r/devel/huge: 64"],
            list.Demands.Take(3).Select(demand =>
                $"{demand.Instances} of {string.Join(',', demand.Jobs)}: {demand.Resources.Cpus}"));
        Assert.Equal((20, 33), (list.Demands.Length, list.Count));

        var stranger = new ServicesProtocol.ListDemands(new FrameworkId("other"));
        Assert.Equal(0, (await subject.Ask<ServicesProtocol.DemandList>(stranger)).Count);
    }

    [Fact]
    public async Task Of_many_jobs_that_wait_for_the_same_some_are_named()
    {
        using var subject = await Connected();
        await subject.Submit([.. Enumerable.Range(1, 9).Select(at => Job($"job{at}"))]);
        var demand = Assert.Single((await subject.Ask<ServicesProtocol.DemandList>(
            new ServicesProtocol.ListDemands(Settings.FrameworkId))).Demands);
        Assert.Equal((9, 5, 9), (demand.Instances, demand.Jobs.Length, demand.JobCount));
        Assert.Equal("job1", demand.Jobs[0].Name);
    }

    [Fact]
    public async Task Three_tasks_are_placed_together_with_the_smallest_delay()
    {
        using var subject = await Connected();
        subject.Fake.RunTasks(static _ => TaskState.Finished);
        var placement = new PlacementChoice(PlacementNames.MinDelay, 1);
        await subject.Submit([.. new[] { ("one", 1.0), ("two", 2.0), ("three", 3.0) }
            .Select(job => Job(job.Item1, cpus: job.Item2) with { Placement = placement })]);
        subject.Fake.Offer("cpus:6;mem:1024;disk:1024", "large");
        subject.Fake.Offer("cpus:4;mem:1024;disk:1024", "medium");
        subject.Fake.Offer("cpus:2;mem:1024;disk:1024", "small");
        await subject.Launched(3);
        var explained = await subject.Ask<ServicesProtocol.PlacementsExplained>(
            new ServicesProtocol.ExplainPlacements(1));
        var record = Assert.Single(explained.Records);
        Assert.Equal("1.5", record.Result.Cost.ToString());
        Assert.Equal(3, record.Result.Assignments.Length);
    }

    [Fact]
    public async Task What_runs_on_an_agent_that_goes_away_is_moved_when_the_time_has_come()
    {
        using var subject = await Connected();
        var job = Job("map");
        await subject.Submit(job);
        subject.Fake.Offer("cpus:2;mem:1024;disk:1024");
        var task = Assert.Single(await subject.Launched(1));
        subject.Fake.Update(task.TaskId, TaskState.Running);
        await subject.Fake.ExpectAcknowledge();
        await subject.Fake.Expect<FrameworkProtocol.SuppressOffers>();

        subject.Fake.AskToLeave(DateTimeOffset.UtcNow + TimeSpan.FromHours(2), "agent-2");
        var unused = await subject.Fake.ExpectInverseAnswer();
        Assert.Equal((InverseVerdict.Accepted, LeaveRules.Later), (unused.Verdict, unused.Filters.RefuseFor));
        subject.Fake.AskToLeave(DateTimeOffset.UtcNow + TimeSpan.FromHours(2));
        var early = await subject.Fake.ExpectInverseAnswer();
        Assert.Equal(InverseVerdict.Accepted, early.Verdict);
        Assert.True(early.Filters.RefuseFor > TimeSpan.FromHours(1));

        var start = DateTimeOffset.UtcNow + TimeSpan.FromMinutes(2);
        subject.Fake.AskToLeave(start);
        Assert.Equal(InverseVerdict.Accepted, (await subject.Fake.ExpectInverseAnswer()).Verdict);
        Assert.Equal(task.TaskId, (await subject.Fake.ExpectKill()).TaskId);
        subject.Fake.Update(task.TaskId, TaskState.Killed);
        await subject.Fake.Expect<FrameworkProtocol.ReviveOffers>();
        await subject.Fake.Expect<FrameworkProtocol.ReviveOffers>();
        var leaving = subject.Fake.Offer(
            "cpus:2;mem:1024;disk:1024", unavailability: new Unavailability(start, null));
        Assert.Contains(leaving.Id, (await subject.Fake.ExpectDecline()).OfferIds);
        var why = await subject.Ask<ServicesProtocol.WhyAnswer>(new ServicesProtocol.WhyTask(new("map-1-0-1")));
        Assert.Contains("maintenance begins at", why.Sentence, StringComparison.Ordinal);
        subject.Fake.Offer("cpus:2;mem:1024;disk:1024", "agent-2");
        Assert.Equal("map-1-0-1", Assert.Single(await subject.Launched(1)).TaskId.Value);
    }

    [Fact]
    public async Task What_a_role_waits_for_is_not_given_back_while_it_is_in_use()
    {
        using var subject = await Connected();
        await subject.Submit(Job("map"));
        subject.Fake.Offer("cpus:2;mem:1024;disk:1024");
        var task = Assert.Single(await subject.Launched(1));

        var deadline = DateTimeOffset.UtcNow + TimeSpan.FromMinutes(1);
        subject.Fake.AskBack("cpus:1", deadline, "eng", tasks: [task.TaskId]);
        Assert.Equal(InverseVerdict.Declined, (await subject.Fake.ExpectInverseAnswer()).Verdict);
        subject.Fake.AskBack("cpus:1", deadline, "eng", tasks: [new TaskId("map-1-0-9")]);
        Assert.Equal(InverseVerdict.Accepted, (await subject.Fake.ExpectInverseAnswer()).Verdict);
    }

    [Fact]
    public async Task A_second_job_of_an_active_key_is_refused()
    {
        using var subject = await Connected();
        await subject.Submit(Job("map"));
        var refused = await subject.Ask<ServicesProtocol.RequestRefused>(
            new ServicesProtocol.SubmitJobs(new JobFile([], [Job("map")])));
        Assert.Equal(new JobRefusal.AlreadyActive(new JobKey("r", "devel", "map")), refused.Reason);
    }

    [Fact]
    public async Task Wrong_jobs_are_refused_with_all_their_errors()
    {
        using var subject = await Connected();
        var refused = await subject.Ask<ServicesProtocol.RequestRefused>(
            new ServicesProtocol.SubmitJobs(new JobFile([], [Job("a/b", instances: -1)])));
        Assert.Equal(2, Assert.IsType<JobRefusal.Invalid>(refused.Reason).Findings.Length);
    }
}
