using System.Collections.Immutable;
using ClusterScheduler.Core.Tasks;

namespace ClusterScheduler.Core.Jobs.Life;

/// <summary>One submitted job. Immutable; only <see cref="JobBook.Apply"/> makes the next.</summary>
/// <param name="Incarnation">Its number among all jobs ever submitted.</param>
/// <param name="Spec">What was submitted.</param>
/// <param name="Submission">The number of its file.</param>
/// <param name="SubmittedAt">When.</param>
public sealed record JobState(long Incarnation, JobSpec Spec, long Submission, DateTimeOffset SubmittedAt)
{
    /// <summary>Jobs of the file that have not finished yet and that this one waits for.</summary>
    public ImmutableSortedSet<JobKey> WaitsFor { get; init; } = [];

    /// <summary>Incarnations of the jobs that wait for this one.</summary>
    public ImmutableArray<long> Dependents { get; init; } = [];

    /// <summary>Instances that were launched or have ended.</summary>
    public ImmutableSortedDictionary<int, InstanceState> Touched { get; init; } =
        ImmutableSortedDictionary<int, InstanceState>.Empty;

    /// <summary>Touched instances that wait for another attempt, the one that is due first first.</summary>
    public ImmutableSortedSet<DueInstance> Again { get; init; } = [];

    /// <summary>No instance below this waits for its first attempt.</summary>
    public int FirstFresh { get; init; }

    /// <summary>Instances that may be on an agent.</summary>
    public int Active { get; init; }

    /// <summary>Instances whose agent lost contact; they are among the active ones.</summary>
    public int Partitioned { get; init; }

    /// <summary>Instances that finished.</summary>
    public int Finished { get; init; }

    /// <summary>Instances that failed.</summary>
    public int Failed { get; init; }

    /// <summary>Instances that were killed.</summary>
    public int Killed { get; init; }

    /// <summary>Why it was never run; empty for all others.</summary>
    public string SkippedBecause { get; init; } = "";

    /// <summary>When the last instance ended; none before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Instances that wait, for an agent or for their time.</summary>
    public int Waiting => HasEnded ? 0 : Spec.Instances - Active - Finished - Failed - Killed;

    /// <summary>Nothing follows.</summary>
    public bool HasEnded => SkippedBecause.Length > 0 || Finished + Failed + Killed == Spec.Instances;

    /// <summary>May launch instances.</summary>
    public bool IsReady => WaitsFor.IsEmpty && !HasEnded;

    /// <summary>Where the job is.</summary>
    public JobPhase Phase => SkippedBecause.Length > 0 ? JobPhase.Skipped
        : HasEnded ? (Failed > 0 ? JobPhase.Failed : Killed > 0 ? JobPhase.Killed : JobPhase.Finished)
        : !WaitsFor.IsEmpty ? JobPhase.Waiting
        : Active > 0 ? JobPhase.Running : JobPhase.Pending;

    /// <summary>One instance.</summary>
    public InstanceState Instance(int number) => Touched.GetValueOrDefault(number, InstanceState.Fresh);

    /// <summary>The id of an instance's latest attempt, as the cluster knows it. It was launched at least
    /// once.</summary>
    public TaskId TaskOf(int number) =>
        new AttemptId(Incarnation, number, Instance(number).Attempt).ToTaskId(Spec.Key.Name);

    /// <summary>Whether anything could be launched at a time.</summary>
    public bool HasDue(DateTimeOffset now) => IsReady
        && ((Again.Count > 0 && Again.Min.NotBefore <= now) || Waiting > Again.Count);

    /// <summary>Waiting instances whose time has come: those tried before first, at most <paramref name="max"/>,
    /// ascending.</summary>
    public ImmutableArray<int> Due(DateTimeOffset now, int max)
    {
        if (!IsReady)
        {
            return [];
        }

        var due = Again.TakeWhile(again => again.NotBefore <= now).Select(again => again.Instance).Take(max).ToList();
        for (var number = FirstFresh; number < Spec.Instances && due.Count < max; number++)
        {
            if (!Touched.ContainsKey(number))
            {
                due.Add(number);
            }
        }

        due.Sort();
        return [.. due];
    }

    /// <summary>The same job with instances as they were stored.</summary>
    public JobState WithInstances(IEnumerable<KeyValuePair<int, InstanceState>> instances) =>
        instances.Aggregate(this, (job, pair) => job.With(pair.Key, pair.Value));

    /// <summary>The same job with one instance in another state.</summary>
    internal JobState With(int number, InstanceState next)
    {
        var before = Instance(number);
        var touched = Touched.SetItem(number, next);
        var fresh = FirstFresh;
        while (fresh < Spec.Instances && touched.ContainsKey(fresh))
        {
            fresh++;
        }

        var again = before.Attempt >= 0 && before.Phase == InstancePhase.Pending
            ? Again.Remove(new DueInstance(before.NotBefore, number))
            : Again;
        return this with
        {
            Touched = touched,
            FirstFresh = fresh,
            Again = next.Phase == InstancePhase.Pending ? again.Add(new DueInstance(next.NotBefore, number)) : again,
            Active = Active + Change(before, next, InstancePhases.IsActive),
            Partitioned = Partitioned + Change(before, next, phase => phase == InstancePhase.Partitioned),
            Finished = Finished + Change(before, next, phase => phase == InstancePhase.Finished),
            Failed = Failed + Change(before, next, phase => phase == InstancePhase.Failed),
            Killed = Killed + Change(before, next, phase => phase == InstancePhase.Killed),
        };
    }

    private static int Change(InstanceState before, InstanceState next, Func<InstancePhase, bool> holds) =>
        (holds(next.Phase) ? 1 : 0) - (holds(before.Phase) ? 1 : 0);
}

/// <summary>An instance that waits for its time.</summary>
/// <param name="NotBefore">The time.</param>
/// <param name="Instance">The instance.</param>
public readonly record struct DueInstance(DateTimeOffset NotBefore, int Instance) : IComparable<DueInstance>
{
    /// <summary>By time, then number.</summary>
    public int CompareTo(DueInstance other) =>
        NotBefore != other.NotBefore ? NotBefore.CompareTo(other.NotBefore) : Instance.CompareTo(other.Instance);
}
