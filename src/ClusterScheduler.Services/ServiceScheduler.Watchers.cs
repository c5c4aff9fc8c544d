namespace ClusterScheduler.Services;

/// <content>Those who watch jobs: told of changes, many in one message.</content>
public sealed partial class ServiceScheduler
{
    private const int InstancesToldMax = 1_000;

    private readonly Dictionary<IActorRef, Watcher> _watchers = [];
    private readonly SortedSet<long> _changedJobs = [];
    private readonly SortedSet<(long Incarnation, int Instance)> _changedInstances = [];
    private bool _hasEndedJob;
    private DateTimeOffset _lastNews;

    private void Watch(IActorRef asker, ServicesProtocol.WatchJobs watch)
    {
        var known = _watchers.GetValueOrDefault(asker);
        if (known is null && _watchers.Count >= _settings.WatchersMax)
        {
            _log.Warning("{0} watch already; {1} is not told", _watchers.Count, asker);
            return;
        }

        // Most that ask again have missed nothing, and are not worth the whole state.
        if (known is { Sequence: > 0 } && known.Submission == watch.Submission && known.Sequence == watch.LastSequence)
        {
            asker.Tell(new ServicesProtocol.JobsChanged([], []) { Sequence = known.Sequence });
            return;
        }

        var watcher = new Watcher(asker, watch.Submission) { Sequence = known?.Sequence ?? 0 };
        _watchers[asker] = watcher;
        Context.Watch(asker);
        var jobs = Book.Jobs.Values.Where(watcher.Watches).ToList();
        watcher.Tell(
            [.. jobs.Select(Summary)],
            jobs.SelectMany(job => job.Touched.Keys.Select(number => Change(job, number))),
            isSnapshot: true);
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
        foreach (var watcher in _watchers.Values)
        {
            var told = jobs.Where(watcher.Watches).ToList();
            if (told.Count > 0)
            {
                watcher.Tell([.. told.Select(Summary)], _changedInstances
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

    private sealed class Watcher(IActorRef watcher, long submission)
    {
        public long Submission => submission;

        /// <summary>Of the last message to it.</summary>
        public long Sequence { get; set; }

        public bool Watches(JobState job) => submission == 0 || job.Submission == submission;

        /// <summary>In messages that fit a frame; jobs come last, so that an end follows what it is the end of.
        /// </summary>
        public void Tell(
            ImmutableArray<ServicesProtocol.JobSummary> jobs,
            IEnumerable<ServicesProtocol.InstanceChange> instances,
            bool isSnapshot = false)
        {
            var parts = instances.Chunk(InstancesToldMax).Select(part => part.ToImmutableArray()).ToList();
            for (var number = 0; number < Math.Max(parts.Count, 1); number++)
            {
                watcher.Tell(new ServicesProtocol.JobsChanged(
                    number >= parts.Count - 1 ? jobs : [], number < parts.Count ? parts[number] : [])
                {
                    Sequence = ++Sequence,
                    BeginsSnapshot = isSnapshot && number == 0,
                });
            }
        }
    }

    private sealed record NotifyNow : INoSerializationVerificationNeeded
    {
        public static NotifyNow Instance { get; } = new();
    }
}
