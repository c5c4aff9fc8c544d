namespace ClusterScheduler.Gateway.Jobs;

/// <summary>Which jobs of a watch have not ended.</summary>
internal sealed class RunningJobs
{
    private readonly HashSet<string> _running = new(StringComparer.Ordinal);
    private bool _isInSnapshot;

    /// <summary>All have ended, or one that had not is no longer known: its end was lost and it was forgotten.
    /// </summary>
    public bool HasNothingToCome { get; private set; }

    /// <param name="view">Of a message of the service scheduler.</param>
    /// <param name="beginsSnapshot">The whole state begins with it; the message that has jobs has all of them.</param>
    public void Take(JobChangesView view, bool beginsSnapshot)
    {
        _isInSnapshot |= beginsSnapshot;
        if (view.Jobs.IsEmpty)
        {
            HasNothingToCome = view.Instances.IsEmpty;
            return;
        }

        var isOneGone = _isInSnapshot && !_running.IsSubsetOf(view.Jobs.Select(job => job.Key));
        _isInSnapshot = false;
        _running.UnionWith(view.Jobs.Where(job => !job.HasEnded).Select(job => job.Key));
        _running.ExceptWith(view.Jobs.Where(job => job.HasEnded).Select(job => job.Key));
        HasNothingToCome = isOneGone || _running.Count == 0;
    }
}
