namespace ClusterScheduler.Framework.Frameworks;

/// <summary>
/// When each task is to be woken next: once in an interval, spread evenly over it, whenever tasks come and go. Adding
/// and waking one costs O(log tasks).
/// </summary>
/// <param name="interval">No task waits longer.</param>
public sealed class WakeUps(TimeSpan interval)
{
    /// <summary>However many tasks are added, the multiples of it leave no wide gap (Weyl's sequence).</summary>
    private const double GoldenShare = 0.618_033_988_749_895;

    private readonly PriorityQueue<TaskId, TimeSpan> queue = new();
    private double share;

    /// <summary>Not to be added again before it has ended.</summary>
    /// <param name="task">Woken for the first time within the interval.</param>
    /// <param name="now">On a clock that only goes forward.</param>
    public void Add(TaskId task, TimeSpan now)
    {
        share = (share + GoldenShare) % 1;
        queue.Enqueue(task, now + (interval * share));
    }

    /// <summary>The tasks whose time has come; each comes again after the interval.</summary>
    /// <param name="now">As in <see cref="Add"/>.</param>
    /// <param name="hasEnded">Such a task is forgotten.</param>
    public IEnumerable<TaskId> Due(TimeSpan now, Func<TaskId, bool> hasEnded)
    {
        while (queue.TryPeek(out var task, out var at) && at <= now)
        {
            if (hasEnded(task))
            {
                queue.Dequeue();
                continue;
            }

            queue.DequeueEnqueue(task, now + interval);
            yield return task;
        }
    }
}
