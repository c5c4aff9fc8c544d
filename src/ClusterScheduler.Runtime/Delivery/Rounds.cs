namespace ClusterScheduler.Runtime.Delivery;

/// <summary>
/// When each of many is due next: once in an interval, spread evenly over it, whichever come and go. Adding one and
/// its turn cost O(log n).
/// </summary>
/// <param name="interval">None waits longer for its turn.</param>
public sealed class Rounds<T>(TimeSpan interval)
    where T : notnull
{
    /// <summary>However many are added, the multiples of it leave no wide gap (Weyl's sequence).</summary>
    private const double GoldenShare = 0.618_033_988_749_895;

    private readonly PriorityQueue<T, TimeSpan> queue = new();
    private readonly HashSet<T> there = [];
    private double share;

    /// <summary>Has its first turn within the interval; one that is there already keeps its turn.</summary>
    /// <param name="now">On a clock that only goes forward.</param>
    public void Add(T each, TimeSpan now)
    {
        if (there.Add(each))
        {
            share = (share + GoldenShare) % 1;
            queue.Enqueue(each, now + (interval * share));
        }
    }

    /// <summary>Those whose turn it is; each comes again after the interval.</summary>
    /// <param name="now">As in <see cref="Add"/>.</param>
    /// <param name="hasEnded">Asked at its turn; one that has ended is forgotten.</param>
    public IEnumerable<T> Due(TimeSpan now, Func<T, bool> hasEnded)
    {
        while (queue.TryPeek(out var each, out var at) && at <= now)
        {
            if (hasEnded(each))
            {
                there.Remove(queue.Dequeue());
                continue;
            }

            queue.DequeueEnqueue(each, now + interval);
            yield return each;
        }
    }
}
