using Akka.Persistence;
using ClusterScheduler.Runtime.Cycles;
using ClusterScheduler.Services.Journal;

namespace ClusterScheduler.Services;

/// <summary>
/// The built-in scheduler of jobs: a framework like any other, with no private door to the master. It stores a job
/// before it says that it took it, an attempt before its launch goes out, and an end before it acknowledges it; so a
/// restart loses nothing and starts nothing twice. What is decided is decided in Core/Jobs; this is the shell.
/// </summary>
public sealed partial class ServiceScheduler : ReceivePersistentActor, IWithTimers, ISchedulerCallbacks,
    ICycleHost<JobEvent, JobEffect>
{
    private readonly ServicesSettings _settings;
    private readonly SchedulerDriver _driver;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly Cycle<JobBook, JobEvent, JobEffect> _cycle;
    private readonly WaitingJobs _waiting = new();
    private readonly KnownAgents _agents = new();
    private readonly List<StatusUpdate> _updates = [];
    private int _eventsSinceSnapshot;

    /// <summary>Connects once it has recovered.</summary>
    /// <param name="frameworks">Where messages to frameworks' entities go.</param>
    /// <param name="settings">How it presents itself and how patient it is.</param>
    public ServiceScheduler(IActorRef frameworks, ServicesSettings settings)
    {
        _settings = settings;
        _driver = new SchedulerDriver(Context, frameworks,
            new SchedulerSettings(settings.FrameworkId, settings.Info)
            {
                AcknowledgeAutomatically = false,
                SuppressedRoles = settings.Info.Roles,
            },
            this);
        _cycle = new Cycle<JobBook, JobEvent, JobEffect>(JobBook.Empty, Apply, this);
        Recover<byte[]>(bytes => _cycle.Recover(JobEventCodec.Read(bytes)));
        Recover<SnapshotOffer>(offer => _cycle.Restore(JobBookCodec.Read((byte[])offer.Snapshot)));
        Command<ServicesProtocol.SubmitJobs>(submit => Decide(new JobCommand.Submit(submit.File)));
        Command<ServicesProtocol.KillJob>(kill => Decide(new JobCommand.Kill(kill.Key, kill.Instances)));
        Command<FlushUpdates>(_ => Flush());
        Command<MatchOffers>(_ => Match());
        Command<TimeIsDue>(_ => WakeDue());
        Command<Tick>(_ => OnTick());
        TendJournal();
        AnswerQuestions();
        CommandAny(message =>
        {
            if (!_driver.Handle(message))
            {
                Unhandled(message);
            }
        });
    }

    /// <inheritdoc/>
    public override string PersistenceId => _settings.PersistenceId;

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    private JobBook Book => _cycle.State;

    private DateTimeOffset Now => Context.System.Scheduler.Now;

    /// <summary>How to make it.</summary>
    public static Props Props(IActorRef frameworks, ServicesSettings settings) =>
        Akka.Actor.Props.Create(() => new ServiceScheduler(frameworks, settings));

    /// <inheritdoc/>
    protected override void OnReplaySuccess()
    {
        _agents.Recover(Book);
        foreach (var job in Book.Jobs.Values)
        {
            _waiting.Update(job, Now);
        }

        Timers.StartPeriodicTimer(Tick.Instance, Tick.Instance, _settings.TickInterval);
        _driver.Start();
        base.OnReplaySuccess();
    }

    /// <inheritdoc/>
    protected override void PostStop()
    {
        _driver.Stop();
        base.PostStop();
    }

    void ICycleHost<JobEvent, JobEffect>.Store(ImmutableArray<JobEvent> events, Action<JobEvent> stored)
    {
        var left = new Queue<JobEvent>(events);
        void Pass(bool afterStored)
        {
            while (left.TryPeek(out var next) && (!next.IsDurable || afterStored))
            {
                afterStored &= !next.IsDurable;
                stored(left.Dequeue());
            }
        }

        Pass(afterStored: false);
        var durable = events.Where(@event => @event.IsDurable).Select(JobEventCodec.Write).ToList();
        if (durable.Count > 0)
        {
            _eventsSinceSnapshot += durable.Count;
            PersistAll(durable, _ => Pass(afterStored: true));
        }
    }

    void ICycleHost<JobEvent, JobEffect>.Act(JobEffect effect)
    {
        switch (effect)
        {
            case JobEffect.Launch launch:
                _launches.Add(launch.Attempt);
                break;
            case JobEffect.Kill kill:
                _driver.Kill(kill.TaskId);
                break;
            case JobEffect.Acknowledge acknowledge:
                _driver.Acknowledge(acknowledge.Update);
                break;
            default:
                throw new InvalidOperationException($"not an effect of jobs: {effect.GetType().Name}");
        }
    }

    void ICycleHost<JobEvent, JobEffect>.Answer(IActorRef asker, object answer) => asker.Tell(answer switch
    {
        JobAnswer.Accepted accepted => new ServicesProtocol.JobsAccepted(
            accepted.Submission, [.. accepted.Incarnations.Select(number => Summary(Book.Jobs[number]))]),
        JobAnswer.Refused refused => new ServicesProtocol.RequestRefused(refused.Reason),
        JobAnswer.KillNoted noted => new ServicesProtocol.KillNoted(noted.Key, noted.Instances),
        _ => throw new InvalidOperationException($"not an answer of jobs: {answer.GetType().Name}"),
    });

    /// <summary>A saved snapshot makes what came before it dispensable; none of this is needed to go on.</summary>
    private void TendJournal()
    {
        Command<SaveSnapshotSuccess>(saved =>
        {
            DeleteMessages(saved.Metadata.SequenceNr);
            DeleteSnapshots(new SnapshotSelectionCriteria(saved.Metadata.SequenceNr - 1));
        });
        Command<SaveSnapshotFailure>(failed =>
            _log.Warning("no snapshot was saved, so recovery takes longer: {0}", failed.Cause.Message));
        Command<DeleteMessagesSuccess>(_ => { });
        Command<DeleteMessagesFailure>(failed =>
            _log.Warning("events before the snapshot stay in the journal: {0}", failed.Cause.Message));
        Command<DeleteSnapshotsSuccess>(_ => { });
        Command<DeleteSnapshotsFailure>(failed => _log.Warning("older snapshots stay: {0}", failed.Cause.Message));
    }

    private void Decide(JobCommand command) =>
        _cycle.Run(JobDecider.Decide(Book, command, Now, _settings.Policy), Sender, _ => Settle());

    /// <summary>The next book; what is derived from it follows job by job, before anything else sees it.</summary>
    private JobBook Apply(JobBook before, JobEvent @event)
    {
        var after = before.Apply(@event);
        if (!IsRecovering)
        {
            Derive(before, after, @event);
        }

        return after;
    }

    private void Derive(JobBook before, JobBook after, JobEvent @event)
    {
        _agents.Use(@event, before);
        foreach (var number in AffectedJobs.Of(@event, before))
        {
            if (after.Jobs.GetValueOrDefault(number) is { } job)
            {
                var earlier = before.Jobs.GetValueOrDefault(number);
                _waiting.Update(job, Now);
                _hasMoreToLaunch |= job.HasDue(Now)
                    && (earlier is not { IsReady: true } || job.Waiting > earlier.Waiting);
                Changed(job);
            }
            else
            {
                _waiting.Remove(number);
                _unfitting.Remove(number);
            }
        }

        foreach (var instance in AffectedJobs.Instances(@event))
        {
            Changed(instance.Incarnation, instance.Instance);
        }
    }

    /// <summary>After a decision was carried out: launches, wants and news go out.</summary>
    private void Settle()
    {
        SendLaunches();
        SayWhatIsWanted();
        StartDueTimer();
        Notify();
        if (_eventsSinceSnapshot >= _settings.EventsPerSnapshot)
        {
            _eventsSinceSnapshot = 0;
            SaveSnapshot(JobBookCodec.Write(Book));
        }
    }

    private void OnTick()
    {
        Decide(new JobCommand.Tick());
        if (!_waiting.IsEmpty && _held.Count == 0 && Now - _lastRevive >= _settings.ReviveInterval)
        {
            Revive();
        }
    }

    private void StartDueTimer()
    {
        if (_waiting.NextDue is { } due)
        {
            var pause = due - Now;
            Timers.StartSingleTimer(
                TimeIsDue.Instance, TimeIsDue.Instance, pause > TimeSpan.Zero ? pause : TimeSpan.Zero);
        }
    }

    /// <summary>Instances whose pause is over may be launched.</summary>
    private void WakeDue()
    {
        foreach (var number in _waiting.Due(Now))
        {
            _waiting.Update(Book.Jobs[number], Now);
            _hasMoreToLaunch = true;
        }

        Settle();
    }

    private sealed record FlushUpdates : INoSerializationVerificationNeeded
    {
        public static FlushUpdates Instance { get; } = new();
    }

    private sealed record MatchOffers : INoSerializationVerificationNeeded
    {
        public static MatchOffers Instance { get; } = new();
    }

    private sealed record TimeIsDue : INoSerializationVerificationNeeded
    {
        public static TimeIsDue Instance { get; } = new();
    }

    private sealed record Tick : INoSerializationVerificationNeeded
    {
        public static Tick Instance { get; } = new();
    }
}
