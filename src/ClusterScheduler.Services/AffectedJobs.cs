namespace ClusterScheduler.Services;

/// <summary>Which jobs an event touches, so that what is derived from the book is derived anew for these
/// only.</summary>
internal static class AffectedJobs
{
    /// <summary>The jobs themselves, and those that wait for them directly or through others.</summary>
    /// <param name="event">The event.</param>
    /// <param name="before">The book before it.</param>
    public static SortedSet<long> Of(JobEvent @event, JobBook before)
    {
        IEnumerable<long> named = @event switch
        {
            JobEvent.Submitted submitted =>
                Enumerable.Range(0, submitted.Jobs.Length).Select(index => before.NextIncarnation + index),
            JobEvent.Staged staged => staged.Attempts.Select(attempt => attempt.Id.Incarnation),
            JobEvent.Seen seen => [seen.Attempt.Incarnation],
            JobEvent.Ended ended => ended.Ends.Select(end => end.Id.Incarnation),
            JobEvent.KillRequested kill => [kill.Incarnation],
            JobEvent.Forgotten forgotten => forgotten.Incarnations,
            _ => throw new InvalidOperationException($"not an event of the book: {@event.GetType().Name}"),
        };
        var affected = new SortedSet<long>(named);
        var queue = new Queue<long>(affected);
        while (queue.TryDequeue(out var number))
        {
            foreach (var dependent in before.Jobs.GetValueOrDefault(number)?.Dependents ?? [])
            {
                if (affected.Add(dependent))
                {
                    queue.Enqueue(dependent);
                }
            }
        }

        return affected;
    }

    /// <summary>The instances that an event names.</summary>
    public static IEnumerable<(long Incarnation, int Instance)> Instances(JobEvent @event) => @event switch
    {
        JobEvent.Staged staged => staged.Attempts.Select(attempt => (attempt.Id.Incarnation, attempt.Id.Instance)),
        JobEvent.Seen seen => [(seen.Attempt.Incarnation, seen.Attempt.Instance)],
        JobEvent.Ended ended => ended.Ends.Select(end => (end.Id.Incarnation, end.Id.Instance)),
        JobEvent.KillRequested kill => kill.Instances.Select(instance => (kill.Incarnation, instance)),
        _ => [],
    };
}
