using System.Collections.Immutable;

namespace ClusterScheduler.Core.Jobs.Life;

/// <summary>What each event does to the book.</summary>
internal static class JobBookChanges
{
    public static JobBook Submit(JobBook book, JobEvent.Submitted submitted)
    {
        var numbers = submitted.Jobs.Select((job, index) => (job.Key, Number: book.NextIncarnation + index))
            .ToImmutableSortedDictionary(pair => pair.Key, pair => pair.Number);
        var jobs = book.Jobs.ToBuilder();
        foreach (var spec in submitted.Jobs)
        {
            jobs[numbers[spec.Key]] = new JobState(numbers[spec.Key], spec, book.NextSubmission, submitted.At)
            {
                WaitsFor = [.. spec.After],
                Dependents =
                [
                    .. submitted.Jobs.Where(other => other.After.Contains(spec.Key))
                        .Select(other => numbers[other.Key]),
                ],
            };
        }

        return book with
        {
            NextIncarnation = book.NextIncarnation + submitted.Jobs.Length,
            NextSubmission = book.NextSubmission + 1,
            Jobs = jobs.ToImmutable(),
            Latest = book.Latest.SetItems(numbers),
            ActiveJobs = book.ActiveJobs + submitted.Jobs.Length,
            ActiveTasks = book.ActiveTasks + submitted.Jobs.Sum(job => job.Instances),
        };
    }

    public static (JobState, DateTimeOffset) Stage(JobState job, StagedAttempt attempt, DateTimeOffset at)
    {
        var before = job.Instance(attempt.Id.Instance);
        if (before.Phase != InstancePhase.Pending || attempt.Id.Attempt != before.Attempt + 1)
        {
            throw new InvalidOperationException(
                $"{attempt.Id} cannot be staged: the instance is {before.Phase} with attempt {before.Attempt}");
        }

        return (job.With(attempt.Id.Instance, before with
        {
            Phase = InstancePhase.Assigned,
            Attempt = attempt.Id.Attempt,
            Agent = attempt.Agent,
            Hostname = attempt.Hostname,
            LimitValues = attempt.LimitValues,
            Since = at,
        }), at);
    }

    public static (JobState, DateTimeOffset) See(JobState job, JobEvent.Seen seen)
    {
        var before = job.Instance(seen.Attempt.Instance);
        return before.Attempt == seen.Attempt.Attempt && before.Phase.IsActive()
            ? (job.With(seen.Attempt.Instance, before with { Phase = seen.Phase, Since = seen.At }), seen.At)
            : throw new InvalidOperationException($"{seen.Attempt} was seen; the instance is {before}");
    }

    public static (JobState, DateTimeOffset) End(JobState job, EndedAttempt ended)
    {
        var before = job.Instance(ended.Id.Instance);
        if (before.Attempt != ended.Id.Attempt || !before.Phase.IsActive())
        {
            throw new InvalidOperationException($"{ended.Id} ended; the instance is {before}");
        }

        var failures = before.Failures + (ended.Outcome == InstanceOutcome.Fails ? 1 : 0);
        var next = before with
        {
            Phase = PhaseAfter(job.Spec, ended.Outcome, failures),
            Failures = failures,
            LossesInARow = ended.Outcome == InstanceOutcome.IsLost ? before.LossesInARow + 1 : 0,
            NotBefore = ended.NotBefore,
            Since = ended.End.At,
            History = [.. before.History.Append(ended.End).TakeLast(InstanceState.HistoryMax)],
        };
        return (job.With(ended.Id.Instance, next), ended.End.At);
    }

    /// <summary>Where an ended attempt leaves its instance.</summary>
    public static InstancePhase PhaseAfter(JobSpec spec, InstanceOutcome outcome, int failures) => outcome switch
    {
        InstanceOutcome.Finishes => InstancePhase.Finished,
        InstanceOutcome.FailsForGood => InstancePhase.Failed,
        InstanceOutcome.IsKilled => InstancePhase.Killed,
        InstanceOutcome.IsLost => InstancePhase.Pending,
        InstanceOutcome.Fails => spec.Task.MaxFailures == TaskSpec.UnlimitedFailures
            || failures < spec.Task.MaxFailures ? InstancePhase.Pending : InstancePhase.Failed,
        _ => throw new InvalidOperationException($"{outcome} ends no attempt"),
    };

    public static JobBook Kill(JobBook book, JobEvent.KillRequested kill)
    {
        var job = book.Require(kill.Incarnation);
        foreach (var number in kill.Instances)
        {
            var before = job.Instance(number);
            job = job.With(number, before with
            {
                Phase = before.Phase.IsActive() ? InstancePhase.Killing : InstancePhase.Killed,
                Since = kill.At,
            });
        }

        return book.Put(job, kill.At);
    }

    /// <summary>
    /// A job that waited for the ended one goes on when it finished, and never runs when it did not.
    /// </summary>
    public static JobBook Release(JobBook book, JobState ended, DateTimeOffset now)
    {
        foreach (var number in ended.Dependents)
        {
            if (book.Jobs.GetValueOrDefault(number) is { HasEnded: false } waiting)
            {
                book = book.Put(ended.Phase == JobPhase.Finished
                    ? waiting with { WaitsFor = waiting.WaitsFor.Remove(ended.Spec.Key) }
                    : waiting with
                    {
                        SkippedBecause = $"{ended.Spec.Key} ended as {ended.Phase.ToString().ToLowerInvariant()}",
                    }, now);
            }
        }

        return book;
    }

    public static JobBook Forget(JobBook book, JobEvent.Forgotten forgotten)
    {
        var jobs = book.Jobs.ToBuilder();
        var latest = book.Latest.ToBuilder();
        foreach (var number in forgotten.Incarnations)
        {
            var key = book.Require(number).Spec.Key;
            jobs.Remove(number);
            if (latest.TryGetValue(key, out var newest) && newest == number)
            {
                latest.Remove(key);
            }
        }

        return book with { Jobs = jobs.ToImmutable(), Latest = latest.ToImmutable() };
    }
}
