using System.Collections.Immutable;

namespace ClusterScheduler.Core.Jobs.Life;

/// <summary>
/// All that the service scheduler remembers: every job. Immutable; grows with jobs and with instances that were
/// launched, not with tasks that wait.
/// </summary>
public sealed record JobBook
{
    /// <summary>Before anything was submitted.</summary>
    public static JobBook Empty { get; } = new();

    /// <summary>The number of the next job.</summary>
    public long NextIncarnation { get; init; } = 1;

    /// <summary>The number of the next file.</summary>
    public long NextSubmission { get; init; } = 1;

    /// <summary>Jobs by number.</summary>
    public ImmutableSortedDictionary<long, JobState> Jobs { get; init; } =
        ImmutableSortedDictionary<long, JobState>.Empty;

    /// <summary>The latest job of each key.</summary>
    public ImmutableSortedDictionary<JobKey, long> Latest { get; init; } =
        ImmutableSortedDictionary<JobKey, long>.Empty;

    /// <summary>Jobs that have not ended.</summary>
    public int ActiveJobs { get; init; }

    /// <summary>Instances of jobs that have not ended.</summary>
    public int ActiveTasks { get; init; }

    /// <summary>A book as it was stored.</summary>
    /// <param name="nextIncarnation">See <see cref="NextIncarnation"/>.</param>
    /// <param name="nextSubmission">See <see cref="NextSubmission"/>.</param>
    /// <param name="jobs">All of them.</param>
    public static JobBook Restore(long nextIncarnation, long nextSubmission, IEnumerable<JobState> jobs)
    {
        var byNumber = jobs.ToImmutableSortedDictionary(job => job.Incarnation, job => job);
        var active = byNumber.Values.Where(job => !job.HasEnded).ToList();
        return new JobBook
        {
            NextIncarnation = nextIncarnation,
            NextSubmission = nextSubmission,
            Jobs = byNumber,
            Latest = byNumber.Values.GroupBy(job => job.Spec.Key)
                .ToImmutableSortedDictionary(same => same.Key, same => same.Max(job => job.Incarnation)),
            ActiveJobs = active.Count,
            ActiveTasks = active.Sum(job => job.Spec.Instances),
        };
    }

    /// <summary>The latest job of a key; null when there is none.</summary>
    public JobState? Find(JobKey key) =>
        Latest.TryGetValue(key, out var incarnation) ? Jobs.GetValueOrDefault(incarnation) : null;

    /// <summary>Every instance that may be on an agent, by job and number.</summary>
    public IEnumerable<ActiveInstance> ActiveInstances() => Jobs.Values.Where(static job => job.Active > 0)
        .SelectMany(static job => job.Touched.Where(static pair => pair.Value.Phase.IsActive())
            .Select(pair => new ActiveInstance(job, pair.Key, pair.Value)));

    /// <summary>The same book after an event.</summary>
    /// <exception cref="InvalidOperationException">The event cannot follow this book: a bug, or a broken
    /// journal.</exception>
    public JobBook Apply(JobEvent @event) => @event switch
    {
        JobEvent.Submitted submitted => JobBookChanges.Submit(this, submitted),
        JobEvent.Staged staged => staged.Attempts.Aggregate(this, (book, attempt) =>
            book.Change(attempt.Id, job => JobBookChanges.Stage(job, attempt, staged.At))),
        JobEvent.Seen seen => Change(seen.Attempt, job => JobBookChanges.See(job, seen)),
        JobEvent.Ended ended => ended.Ends.Aggregate(this, (book, end) =>
            book.Change(end.Id, job => JobBookChanges.End(job, end))),
        JobEvent.KillRequested kill => JobBookChanges.Kill(this, kill),
        JobEvent.Forgotten forgotten => JobBookChanges.Forget(this, forgotten),
        _ => throw new InvalidOperationException($"not an event of the book: {@event.GetType().Name}"),
    };

    internal JobState Require(long incarnation) => Jobs.GetValueOrDefault(incarnation)
        ?? throw new InvalidOperationException($"the book has no job number {incarnation}");

    /// <summary>Puts a job's next state in its place and, when that ended it, lets those that waited for it go
    /// on.</summary>
    internal JobBook Put(JobState next, DateTimeOffset now)
    {
        var before = Jobs.GetValueOrDefault(next.Incarnation);
        var ended = next.HasEnded && before is { HasEnded: false };
        var book = this with
        {
            Jobs = Jobs.SetItem(next.Incarnation, ended ? next with { EndedAt = now } : next),
            ActiveJobs = ActiveJobs - (ended ? 1 : 0),
            ActiveTasks = ActiveTasks - (ended ? next.Spec.Instances : 0),
        };
        return ended ? JobBookChanges.Release(book, next, now) : book;
    }

    private JobBook Change(AttemptId attempt, Func<JobState, (JobState Job, DateTimeOffset At)> change)
    {
        var (job, at) = change(Require(attempt.Incarnation));
        return Put(job, at);
    }
}
