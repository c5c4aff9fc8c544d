using System.Collections.Immutable;
using ClusterScheduler.Core.Execution;
using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Jobs.Life;
using ClusterScheduler.Core.Jobs.Matching;
using ClusterScheduler.Core.Placement;

namespace ClusterScheduler.Core.Tests.Jobs;

public class JobDeciderTests
{
    private const string SeedVariable = "JOBS_SEED";
    private const int Steps = 120;

    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static IEnumerable<int> Seeds => int.TryParse(Environment.GetEnvironmentVariable(SeedVariable), out var one)
        ? [one] : Enumerable.Range(1, 300);

    private static string Replay(int seed, int step) => $"step {step} of seed {seed}; replay: {SeedVariable}={seed} "
        + "dotnet test tests/ClusterScheduler.Core.Tests --filter JobDeciderTests";

    [Fact]
    public void The_books_always_balance()
    {
        foreach (var seed in Seeds)
        {
            var walk = new JobWalk(seed);
            for (var step = 0; step < Steps; step++)
            {
                walk.Step();
                foreach (var job in walk.Book.Jobs.Values)
                {
                    var broken = Broken(walk.Book, job);
                    Assert.True(broken is null, $"{job.Spec.Key}: {broken}; {Replay(seed, step)}");
                }

                var active = walk.Book.Jobs.Values.Where(job => !job.HasEnded).ToList();
                Assert.True(active.Count == walk.Book.ActiveJobs, Replay(seed, step));
                Assert.True(active.Sum(job => job.Spec.Instances) == walk.Book.ActiveTasks, Replay(seed, step));
            }
        }
    }

    [Fact]
    public void What_was_stored_gives_back_the_same_book()
    {
        foreach (var seed in Seeds.Take(100))
        {
            var walk = new JobWalk(seed);
            for (var step = 0; step < Steps; step++)
            {
                walk.Step();
            }

            // What is only seen is not stored: after a restart those instances count as assigned.
            var again = walk.Events.Where(@event => @event.IsDurable)
                .Aggregate(JobBook.Empty, (book, one) => book.Apply(one));
            Assert.Equal(walk.Book.Jobs.Keys, again.Jobs.Keys);
            foreach (var (number, job) in walk.Book.Jobs)
            {
                var other = again.Jobs[number];
                Assert.True((job.Waiting, job.Active, job.Finished, job.Failed, job.Killed, job.HasEnded)
                    == (other.Waiting, other.Active, other.Finished, other.Failed, other.Killed, other.HasEnded),
                    Replay(seed, Steps));
            }
        }
    }

    [Fact]
    public void A_hundred_thousand_waiting_tasks_are_no_more_than_their_jobs()
    {
        var jobs = Enumerable.Range(0, 25).Select(index => new JobSpec(
            new JobKey("r", "devel", $"j{index}"), new TaskSpec(TaskPlan.OfShell("true"), TaskResources.Default))
        {
            Instances = JobLimits.InstancesMax,
        }).ToImmutableArray();
        var decision = JobDecider.Decide(
            JobBook.Empty, new JobCommand.Submit(new JobFile([], jobs)), Now, new JobPolicy());
        var book = decision.Events.Aggregate(JobBook.Empty, (now, @event) => now.Apply(@event));
        Assert.Equal(100_000, book.Jobs.Values.Sum(job => job.Waiting));
        Assert.All(book.Jobs.Values, job => Assert.Empty(job.Touched));

        var waiting = new WaitingJobs();
        foreach (var job in book.Jobs.Values)
        {
            waiting.Update(job, Now);
        }

        Assert.Single(waiting.InOrder());
        var free = new Amounts(400, 1_000_000, 1_000_000, 0);
        var matched = JobMatcher.Match(book, waiting, [new PlacementAgent(new("a"), "a", free, free, [])], Now);
        Assert.Equal(4, matched.Matches.Length);
    }

    [Fact]
    public void Higher_priority_goes_first_then_the_older_job()
    {
        JobSpec Job(string name, int priority) => new(new JobKey("r", "devel", name),
            new TaskSpec(TaskPlan.OfShell("true"), TaskResources.Default)) { Priority = priority };
        var book = JobDecider.Decide(JobBook.Empty,
                new JobCommand.Submit(new JobFile([], [Job("b", 0), Job("a", 0), Job("c", 5)])), Now, new JobPolicy())
            .Events.Aggregate(JobBook.Empty, (now, @event) => now.Apply(@event));
        var waiting = new WaitingJobs();
        foreach (var job in book.Jobs.Values)
        {
            waiting.Update(job, Now);
        }

        var free = new Amounts(200, 1_000_000, 1_000_000, 0);
        var matched = JobMatcher.Match(book, waiting, [new PlacementAgent(new("x"), "x", free, free, [])], Now);
        Assert.Equal(["c", "b"], matched.Matches.Select(match => book.Jobs[match.Incarnation].Spec.Key.Name));
    }

    [Fact]
    public void A_task_that_no_agent_of_the_file_can_hold_is_found_before_it_waits()
    {
        var job = new JobSpec(new JobKey("r", "devel", "big"), new TaskSpec(TaskPlan.OfShell("true"),
            TaskResources.Default with { Cpus = Core.Resources.Scalar.Of(64) }));
        var reading = Core.Jobs.Files.JobFileRules.Check(new JobFile(AgentSpec.Defaults(3), [job]));
        var finding = Assert.Single(reading.Findings);
        Assert.Equal(Core.Jobs.Findings.JobFindingKind.NeverFits, finding.Kind);
        Assert.Equal("no agent can ever hold a task of big; nearest is agent-1: needs 64 cpus, has at most 4",
            finding.Problem);
    }

    [Fact]
    public void The_pause_before_a_retry_doubles_up_to_its_limit()
    {
        var policy = new JobPolicy
        {
            RetryDelayMin = TimeSpan.FromSeconds(1),
            RetryDelayMax = TimeSpan.FromSeconds(5),
        };
        Assert.Equal([1, 2, 4, 5, 5],
            new[] { 1, 2, 3, 4, 1_000 }.Select(count => (int)policy.RetryDelay(count).TotalSeconds));
    }

    private static string? Broken(JobBook book, JobState job)
    {
        var phases = Enumerable.Range(0, job.Spec.Instances).Select(number => job.Instance(number)).ToList();
        var limited = job.Spec.Constraints.Length > 0;
        var perHost = phases.Where(one => one.Phase.IsActive()).GroupBy(one => one.Hostname);
        return phases.Count(one => one.Phase.IsActive()) != job.Active ? "active is miscounted"
            : phases.Count(one => one.Phase == InstancePhase.Finished) != job.Finished ? "finished is miscounted"
            : phases.Count(one => one.Phase == InstancePhase.Failed) != job.Failed ? "failed is miscounted"
            : phases.Count(one => one.Phase == InstancePhase.Killed) != job.Killed ? "killed is miscounted"
            : phases.Any(one => one.Failures > job.Spec.Task.MaxFailures) ? "an instance failed too often"
            : job.Active > 0 && !job.WaitsFor.IsEmpty ? "it runs before the jobs it waits for"
            : limited && perHost.Any(on => on.Count() > 1) ? "its limit is broken"
            : job.Phase != JobPhase.Skipped && job.Spec.After.Any(key => book.Jobs.Values.Any(other =>
                other.Submission == job.Submission && other.Spec.Key == key && other.Phase != JobPhase.Finished)
                && job.Touched.Values.Any(one => one.Attempt >= 0)) ? "it ran after a job that did not finish"
            : null;
    }
}
