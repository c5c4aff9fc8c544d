using ClusterScheduler.Core.Jobs.Life;

namespace ClusterScheduler.Core.Jobs.Matching;

/// <summary>
/// The jobs that have something to launch, by shape, kept up to date job by job. A structure of one owner, made anew
/// from the book after a restart.
/// </summary>
public sealed class WaitingJobs
{
    private readonly Dictionary<ShapeKey, SortedSet<long>> _shapes = [];
    private readonly Dictionary<long, ShapeKey> _shapeOf = [];
    private readonly SortedSet<(DateTimeOffset At, long Incarnation)> _later = [];
    private readonly Dictionary<long, DateTimeOffset> _laterOf = [];

    /// <summary>True when nothing can be launched now.</summary>
    public bool IsEmpty => _shapes.Count == 0;

    /// <summary>When the next job gets something to launch by the mere passing of time; none: never.</summary>
    public DateTimeOffset? NextDue => _later.Count > 0 ? _later.Min.At : null;

    /// <summary>Whether a job is waited for whose policy looks at all agents at once.</summary>
    public bool LooksAtAll => _shapes.Keys.Any(shape => Core.Placement.PlacementPolicies.LooksAtAll(
        shape.Placement.Policy));

    /// <summary>The shapes, the one that goes first first: higher priority, then the older job.</summary>
    public IReadOnlyList<(ShapeKey Shape, IReadOnlyCollection<long> Incarnations)> InOrder() =>
        [.. _shapes.OrderByDescending(pair => pair.Key.Priority).ThenBy(pair => pair.Value.Min)
            .Select(pair => (pair.Key, (IReadOnlyCollection<long>)pair.Value))];

    /// <summary>Takes in a job's present state.</summary>
    public void Update(JobState job, DateTimeOffset now)
    {
        Remove(job.Incarnation);
        if (job.HasDue(now))
        {
            var shape = ShapeKey.Of(job);
            _shapeOf[job.Incarnation] = shape;
            if (!_shapes.TryGetValue(shape, out var members))
            {
                _shapes[shape] = members = [];
            }

            members.Add(job.Incarnation);
        }
        else if (job.IsReady && job.Again.Count > 0)
        {
            _laterOf[job.Incarnation] = job.Again.Min.NotBefore;
            _later.Add((job.Again.Min.NotBefore, job.Incarnation));
        }
    }

    /// <summary>The jobs whose time has come; they are to be updated.</summary>
    public IReadOnlyList<long> Due(DateTimeOffset now) =>
        [.. _later.TakeWhile(later => later.At <= now).Select(later => later.Incarnation)];

    /// <summary>Forgets a job.</summary>
    public void Remove(long incarnation)
    {
        if (_shapeOf.Remove(incarnation, out var shape))
        {
            _shapes[shape].Remove(incarnation);
            if (_shapes[shape].Count == 0)
            {
                _shapes.Remove(shape);
            }
        }

        if (_laterOf.Remove(incarnation, out var at))
        {
            _later.Remove((at, incarnation));
        }
    }
}
