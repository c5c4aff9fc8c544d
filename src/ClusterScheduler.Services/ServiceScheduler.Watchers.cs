namespace ClusterScheduler.Services;

/// <content>Those who watch jobs: told of changes, many in one message.</content>
public sealed partial class ServiceScheduler
{
    private const int InstancesToldMax = 1_000;

    private readonly Dictionary<IActorRef, long> _watchers = [];
    private readonly SortedSet<long> _changedJobs = [];
    private readonly SortedSet<(long Incarnation, int Instance)> _changedInstances = [];
    private bool _hasEndedJob;
    private DateTimeOffset _lastNews;

    private void Watch(IActorRef watcher, long submission)
    {
        if (_watchers.Count >= _settings.WatchersMax && !_watchers.ContainsKey(watcher))
        {
            _log.Warning("{0} watch already; {1} is not told", _watchers.Count, watcher);
            return;
        }

        _watchers[watcher] = submission;
        Context.Watch(watcher);
        var jobs = Book.Jobs.Values.Where(job => submission == 0 || job.Submission == submission).ToList();
        Tell(watcher, jobs, jobs.SelectMany(job => job.Touched.Keys.Select(number => Change(job, number))));
    }

    /// <summary>In messages that fit a frame; jobs come last, so that an end follows what it is the end of.</summary>
    private void Tell(
        IActorRef watcher, List<JobState> jobs, IEnumerable<ServicesProtocol.InstanceChange> instances)
    {
        var parts = instances.Chunk(InstancesToldMax).Select(part => part.ToImmutableArray()).ToList();
        foreach (var part in parts.SkipLast(1))
        {
            watcher.Tell(new ServicesProtocol.JobsChanged([], part));
        }

        watcher.Tell(new ServicesProtocol.JobsChanged([.. jobs.Select(Summary)], parts is [.., var last] ? last : []));
    }

    private void Unwatch(IActorRef watcher)
    {
        _watchers.Remove(watcher);
        Context.Unwatch(watcher);
    }

    private void Changed(JobState job)
    {
        if (_watchers.Count > 0)
        {
            _changedJobs.Add(job.Incarnation);
            _hasEndedJob |= job.HasEnded;
        }
    }

    private void Changed(long incarnation, int instance)
    {
        if (_watchers.Count > 0)
        {
            _changedInstances.Add((incarnation, instance));
        }
    }

    /// <summary>At once when nothing was told for a while or a job ended, else a moment later.</summary>
    private void Notify()
    {
        if (_changedJobs.Count == 0)
        {
            return;
        }

        if (_hasEndedJob || Now - _lastNews >= _settings.NotifyInterval)
        {
            SendNews();
        }
        else if (!Timers.IsTimerActive(NotifyNow.Instance))
        {
            Timers.StartSingleTimer(NotifyNow.Instance, NotifyNow.Instance, _settings.NotifyInterval);
        }
    }

    private void SendNews()
    {
        var jobs = _changedJobs.Where(Book.Jobs.ContainsKey).Select(number => Book.Jobs[number]).ToList();
        foreach (var (watcher, submission) in _watchers)
        {
            var told = jobs.Where(job => submission == 0 || job.Submission == submission).ToList();
            if (told.Count > 0)
            {
                Tell(watcher, told, _changedInstances
                    .Where(one => told.Exists(job => job.Incarnation == one.Incarnation))
                    .Select(one => Change(Book.Jobs[one.Incarnation], one.Instance)));
            }
        }

        _changedJobs.Clear();
        _changedInstances.Clear();
        _hasEndedJob = false;
        _lastNews = Now;
    }

    private static ServicesProtocol.InstanceChange Change(JobState job, int number) =>
        new(job.Spec.Key, JobViews.Instance(job, number));

    private sealed record NotifyNow : INoSerializationVerificationNeeded
    {
        public static NotifyNow Instance { get; } = new();
    }
}
