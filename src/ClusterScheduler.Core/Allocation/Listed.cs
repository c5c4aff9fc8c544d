namespace ClusterScheduler.Core.Allocation;

/// <summary>The greatest of what was seen: as many as an answer lists.</summary>
internal sealed class Listed<TItem, TPriority>
    where TPriority : struct, IComparable<TPriority>
{
    // It gives up its smallest first, so the worst kept is at its head.
    private readonly PriorityQueue<TItem, TPriority> queue = new(WhyAnswer.ListedMax + 1);

    public bool IsFull => queue.Count == WhyAnswer.ListedMax;

    /// <summary>The smallest that is kept, where there is any.</summary>
    public TPriority Worst => queue.TryPeek(out _, out var worst) ? worst : default;

    public bool IsKept(TPriority priority) => !IsFull || priority.CompareTo(Worst) > 0;

    public void Keep(TPriority priority, TItem item)
    {
        if (IsFull)
        {
            queue.EnqueueDequeue(item, priority);
        }
        else
        {
            queue.Enqueue(item, priority);
        }
    }

    /// <summary>Takes them out, the greatest first.</summary>
    public List<TItem> Drain()
    {
        var items = new List<TItem>(queue.Count);
        while (queue.TryDequeue(out var item, out _))
        {
            items.Add(item);
        }

        items.Reverse();
        return items;
    }
}
