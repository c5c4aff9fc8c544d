using System.Collections.Immutable;

namespace ClusterScheduler.Framework.Frameworks;

/// <summary>
/// One framework in the cluster: stands between its scheduler, the master and its tasks. What must not be lost is
/// stored (registration, accepts and their answers); connection, offers and demand are soft and told anew.
/// </summary>
public sealed partial class FrameworkActor : DurableActor<FrameworkLife, FrameworkEvent, NoEffect>, IWithTimers
{
    private const string RetryTimer = "retry";
    private const string HeartbeatTimer = "heartbeat";
    private const string FailoverTimer = "failover";
    private const string EndedTimer = "ended";

    private readonly FrameworkId id;
    private readonly FrameworkOptions options;
    private readonly ClusterRefs refs = ClusterRefs.Of(Context.System);
    private readonly FreshIds ids = FreshIds.Of(Context.System);
    private MasterEpoch epoch;

    public FrameworkActor(string entityId, FrameworkOptions options)
        : base("framework-" + entityId, FrameworkLife.Initial, FrameworkDecider.Apply,
            new SnapshotRule(options.EventsPerSnapshot))
    {
        id = new FrameworkId(entityId);
        this.options = options;
        wakeUps = new Rounds<TaskId>(options.WakeInterval);
        FromScheduler();
        FromMaster();
        FromTasks();
        TendSnapshots();
        Command<FrameworkProtocol.ListTasks>(_ => ListTasks());
        Command<Retry>(_ => RepeatAll());
        Command<Beat>(_ => SayAlive());
        Command<FlushEnded>(_ => StoreEnded());
        Command<FailoverOver>(_ => Remove("its scheduler did not come back within the failover timeout"));
        Command<IFrameworkMessage>(stale => Logger.Debug("{0}: {1} of an ended connection", id, stale.GetType().Name));
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    private static DateTimeOffset Now => Context.System.UtcNow();

    public static Props Props(string entityId, FrameworkOptions options) =>
        Akka.Actor.Props.Create(() => new FrameworkActor(entityId, options));

    /// <inheritdoc/>
    protected override IStoredSnapshot ToSnapshot() => FrameworkSnapshot.Of(State);

    /// <inheritdoc/>
    protected override FrameworkLife FromSnapshot(IStoredSnapshot snapshot) => ((FrameworkSnapshot)snapshot).ToLife();

    /// <inheritdoc/>
    protected override void OnRecovered()
    {
        Timers.StartPeriodicTimer(RetryTimer, Retry.Instance, options.Retry);
        if (State is FrameworkLife.Active active)
        {
            StartFailoverTimer(active);
            ResumeIntents(active);
            LearnAll(active);
        }
        else if (State is FrameworkLife.Removed removed)
        {
            removedConfirmed = false;
            KillAll(removed.Tasks.Keys);
        }
    }

    private bool SeesOlder(MasterEpoch said)
    {
        Follow(said);
        return said < epoch;
    }

    private void Follow(MasterEpoch said)
    {
        if (said > epoch)
        {
            epoch = said;
            registered = false;
            declines.Clear();
            offersTaken.Clear();
            ForgetInverse();
        }
    }

    private void RepeatAll()
    {
        RepeatRegistration();
        RepeatOffers();
        RepeatTasks();
        RepeatNews();
        RepeatLearning();
        WakeSome();
    }

    private void Remove(string why)
    {
        Run(FrameworkDecider.Decide(State, new FrameworkCommand.Remove(why), Now), _ =>
        {
            if (State is FrameworkLife.Removed removed)
            {
                removedConfirmed = false;
                Disconnect($"the framework was removed: {why}");
                KillAll(removed.Tasks.Keys);
                RepeatRegistration();
            }
        });
    }

    private void ListTasks()
    {
        var live = TasksOf(State).Select(task => new FrameworkProtocol.TaskSummary(task.Key, task.Value.Name,
            task.Value.AgentId, task.Value.Resources, latest.GetValueOrDefault(task.Key).Update)
        {
            StatusUnknown = unlearned.Contains(task.Key) && !latest.ContainsKey(task.Key),
            Priority = task.Value.Priority,
        });
        Sender.Tell(new FrameworkProtocol.TaskList(
            id, [.. completed.Concat(live).OrderBy(static task => task.TaskId)]));
    }

    private sealed record Retry : INoSerializationVerificationNeeded
    {
        public static Retry Instance { get; } = new();
    }

    private sealed record Beat : INoSerializationVerificationNeeded
    {
        public static Beat Instance { get; } = new();
    }

    private sealed record FlushEnded : INoSerializationVerificationNeeded
    {
        public static FlushEnded Instance { get; } = new();
    }

    private sealed record FailoverOver : INoSerializationVerificationNeeded
    {
        public static FailoverOver Instance { get; } = new();
    }
}
