using System.Collections.Immutable;
using ClusterScheduler.Core.Decisions;
using ClusterScheduler.Core.Jobs.Files;

namespace ClusterScheduler.Core.Jobs.Life;

/// <summary>
/// Decides about the jobs of the service scheduler. Pure: the same book, command, time and policy give the same
/// decision. What is decided follows Aurora (aurora-semantics.md, section 2) with two differences: a task that the
/// cluster calls malformed fails for good instead of being tried for ever, and a lost batch task waits a moment
/// longer with each loss.
/// </summary>
public static class JobDecider
{
    /// <summary>Decides one command.</summary>
    public static Decision<JobEvent, JobEffect> Decide(
        JobBook book, JobCommand command, DateTimeOffset now, JobPolicy policy) => command switch
    {
        JobCommand.Submit submit => Submit(book, submit.File, now, policy),
        JobCommand.Kill kill => Kill(book, kill, now),
        JobCommand.Connect => Connect(book),
        JobCommand.Stage stage => Stage(book, stage, now),
        JobCommand.Record record => StatusDecider.Record(book, record.Updates, now, policy),
        JobCommand.Leave leave => Leave(book, leave),
        JobCommand.Tick => StatusDecider.GiveUpPartitioned(book, now, policy),
        _ => throw new InvalidOperationException($"not a command of the jobs: {command.GetType().Name}"),
    };

    private static Decision<JobEvent, JobEffect> Submit(
        JobBook book, JobFile file, DateTimeOffset now, JobPolicy policy)
    {
        // The file's agents are those of a cluster of its own; this one has others.
        if (JobFileRules.Check(file with { Agents = [] }) is { File: null } wrong)
        {
            return Refuse(new JobRefusal.Invalid(wrong.Findings));
        }

        foreach (var job in file.Jobs)
        {
            if (book.Find(job.Key) is { HasEnded: false })
            {
                return Refuse(new JobRefusal.AlreadyActive(job.Key));
            }
        }

        if (book.ActiveJobs + file.Jobs.Length > policy.ActiveJobsMax)
        {
            return Refuse(new JobRefusal.TooManyJobs(policy.ActiveJobsMax));
        }

        if (book.ActiveTasks + file.Jobs.Sum(job => job.Instances) > policy.ActiveTasksMax)
        {
            return Refuse(new JobRefusal.TooManyTasks(policy.ActiveTasksMax));
        }

        var forgotten = ToForget(book, policy);
        ImmutableArray<JobEvent> submitted = [new JobEvent.Submitted(file.Jobs, now)];
        var numbers = Enumerable.Range(0, file.Jobs.Length).Select(index => book.NextIncarnation + index);
        return new Decision<JobEvent, JobEffect>(
            forgotten.IsEmpty ? submitted : [new JobEvent.Forgotten(forgotten), .. submitted],
            [],
            new JobAnswer.Accepted(book.NextSubmission, [.. numbers]));
    }

    /// <summary>The oldest ended jobs beyond the number that is remembered.</summary>
    private static ImmutableArray<long> ToForget(JobBook book, JobPolicy policy)
    {
        var surplus = book.Jobs.Count - book.ActiveJobs - policy.EndedJobsMax;
        return surplus <= 0
            ? []
            : [.. book.Jobs.Values.Where(job => job.HasEnded).Take(surplus).Select(job => job.Incarnation)];
    }

    private static Decision<JobEvent, JobEffect> Kill(JobBook book, JobCommand.Kill kill, DateTimeOffset now)
    {
        if (book.Find(kill.Key) is not { } job)
        {
            return Refuse(new JobRefusal.UnknownJob(kill.Key));
        }

        foreach (var number in kill.Instances)
        {
            if (number < 0 || number >= job.Spec.Instances)
            {
                return Refuse(new JobRefusal.UnknownInstance(kill.Key, number));
            }
        }

        var wanted = kill.Instances.IsEmpty
            ? Enumerable.Range(0, job.Spec.Instances)
            : kill.Instances.Distinct().Order();
        var alive = wanted.Where(number => !job.Instance(number).Phase.HasEnded()).ToImmutableArray();
        return job.HasEnded || alive.IsEmpty
            ? Refuse(new JobRefusal.AlreadyEnded(kill.Key))
            : new Decision<JobEvent, JobEffect>(
                [new JobEvent.KillRequested(job.Incarnation, alive, now)],
                [.. alive.Where(number => job.Instance(number).Phase.IsActive())
                    .Select(number => KillEffect(job, number))],
                new JobAnswer.KillNoted(kill.Key, alive.Length));
    }

    /// <summary>After each connection the kills that were asked for go out again: the last ones may have been lost
    /// with the scheduler that sent them.</summary>
    private static Decision<JobEvent, JobEffect> Connect(JobBook book) => Decision<JobEvent, JobEffect>.Acting(
        [.. book.Jobs.Values.Where(job => job.Active > 0).SelectMany(job => job.Touched
            .Where(pair => pair.Value.Phase == InstancePhase.Killing)
            .Select(pair => KillEffect(job, pair.Key)))]);

    /// <summary>
    /// Nothing is stored: a kill that nobody asked for is a loss by the table, and what still runs is seen when the
    /// scheduler is asked to leave again.
    /// </summary>
    private static Decision<JobEvent, JobEffect> Leave(JobBook book, JobCommand.Leave leave) =>
        Decision<JobEvent, JobEffect>.Acting(
        [
            .. book.ActiveInstances()
                .Where(one => one.State.Agent == leave.Agent && one.State.Phase != InstancePhase.Killing)
                .Select(static one => KillEffect(one.Job, one.Number)),
        ]);

    private static Decision<JobEvent, JobEffect> Stage(JobBook book, JobCommand.Stage stage, DateTimeOffset now)
    {
        var current = stage.Attempts.Where(attempt =>
            book.Jobs.GetValueOrDefault(attempt.Id.Incarnation) is { IsReady: true } job
            && job.Instance(attempt.Id.Instance) is { Phase: InstancePhase.Pending } instance
            && instance.Attempt + 1 == attempt.Id.Attempt).ToImmutableArray();
        return current.IsEmpty
            ? Decision<JobEvent, JobEffect>.Ignored
            : new Decision<JobEvent, JobEffect>(
                [new JobEvent.Staged(current, now)],
                [.. current.Select(attempt => new JobEffect.Launch(attempt))],
                null);
    }

    internal static JobEffect KillEffect(JobState job, int number) =>
        new JobEffect.Kill(job.TaskOf(number), job.Instance(number).Agent);

    private static Decision<JobEvent, JobEffect> Refuse(JobRefusal reason) =>
        Decision<JobEvent, JobEffect>.Answered(new JobAnswer.Refused(reason));
}
