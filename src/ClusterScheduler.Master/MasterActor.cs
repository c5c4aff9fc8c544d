using System.Collections.Immutable;
using ClusterScheduler.Core.Registry;
using ClusterScheduler.Master.Allocation;
using ClusterScheduler.Runtime.Delivery;
using ClusterScheduler.Runtime.Members;

namespace ClusterScheduler.Master;

/// <summary>
/// Level one: admits agents and frameworks, makes offers, checks what frameworks accept, remembers what is
/// allocated. Only admissions are stored; the rest is rebuilt from what agents report. It takes office with its first
/// write; until that write is durable it serves nobody.
/// </summary>
public sealed partial class MasterActor : DurableActor<RegistryState, RegistryEvent, NoEffect>, IWithTimers
{
    private const string SweepTimer = "sweep";

    private readonly MasterOptions options;
    private readonly ClusterRefs refs = ClusterRefs.Of(Context.System);
    private readonly OfferBook book = new();
    private readonly IActorRef allocator;
    private long electedAs;

    public MasterActor(MasterOptions options)
        : base("master", RegistryState.Empty, RegistryDecider.Apply, new SnapshotRule(options.EventsPerSnapshot))
    {
        this.options = options;
        watch = new AgentWatch(options.Watch);
        audits = new Rounds<AgentId>(options.AuditInterval);
        allocator = Context.ActorOf(AllocatorActor.Props(options), "allocator");
        Waiting();
    }

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    private static DateTimeOffset Now => Context.System.UtcNow();

    private MasterEpoch Epoch => State.Epoch;

    /// <summary>From its own first write on: an older master's next write must find its number taken.</summary>
    protected override long? KeepEventsFrom => electedAs;

    public static Props Props(MasterOptions options) => Akka.Actor.Props.Create(() => new MasterActor(options));

    /// <inheritdoc/>
    protected override IStoredSnapshot ToSnapshot() => RegistrySnapshot.Of(State);

    /// <inheritdoc/>
    protected override RegistryState FromSnapshot(IStoredSnapshot snapshot) =>
        ((RegistrySnapshot)snapshot).ToState();

    /// <inheritdoc/>
    protected override void OnRecovered()
    {
        var freshClusterId = FreshIds.Of(Context.System).Next().ToString("N")[..12];
        Run(RegistryDecider.Decide(State, new RegistryCommand.TakeOffice(freshClusterId), Now), _ => InOffice());
    }

    /// <summary>
    /// The allocator's memory is the master's: when it fails, the master begins anew with it, and agents and
    /// frameworks tell both what is so.
    /// </summary>
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Escalate);

    private void InOffice()
    {
        Become(Ready);
        Logger.Info("master of cluster {0} in office, epoch {1}: {2} agents and {3} frameworks known",
            State.ClusterId, Epoch, State.Agents.Count, State.Frameworks.Count);
        electedAs = LastSequenceNr;
        TellAllocatorRoles();
        Context.System.EventStream.Publish(new MasterTookOffice(Epoch, State.ClusterId));
        TellFromNowOn();
        WatchFromNowOn();
        ReclaimFromNowOn();
        Timers.StartPeriodicTimer(SweepTimer, Sweep.Instance, options.Retry);
    }

    /// <summary>Nobody is answered before the epoch is stored; they all repeat what they said.</summary>
    private void Waiting() => CommandAny(message => Logger.Debug("not in office yet: {0}", message.GetType().Name));

    private void Ready()
    {
        TendSnapshots();
        AgentCommands();
        FrameworkCommands();
        OfferCommands();
        TransactionCommands();
        TaskCommands();
        Questions();
        RoleCommands();
        OperationCommands();
        MaintenanceCommands();
        ReclaimCommands();
        Command<Sweep>(_ =>
        {
            SweepTasks();
            SweepAudit();
            SweepOffers();
            SweepNews();
            SweepInverse();
        });
    }

    /// <summary>
    /// Somebody has heard of a later master: it and all who did refuse this one, which would go on unheard until its
    /// next write fails. It takes office after that one and stops: the write fails where another is the cluster's
    /// master; where it still is the one, as when its store was put back from a backup, it comes back under an epoch
    /// that nobody refuses. An epoch out of all reason is nobody's but its sender's.
    /// </summary>
    private bool IsOusted(MasterEpoch seen)
    {
        if (seen <= Epoch)
        {
            return false;
        }

        if (!RegistryCommand.TakeOffice.CanFollow(seen, Epoch))
        {
            Logger.Warning("{0} says that it heard of a master of epoch {1}; the latest one is of epoch {2}: ignored",
                Sender, seen, Epoch);
            return false;
        }

        Logger.Warning("the master of epoch {0} stops: there was one of epoch {1} meanwhile", Epoch, seen);
        Decide(new RegistryCommand.TakeOffice(State.ClusterId, seen), _ => Context.Stop(Self));
        return true;
    }

    private void Decide(RegistryCommand command, Action<object?> done) =>
        Run(RegistryDecider.Decide(State, command, Now), done);

    private void Give(ImmutableArray<Returned> returned)
    {
        if (!returned.IsEmpty)
        {
            allocator.Tell(new AllocatorProtocol.Recover(returned));
        }
    }

    private static ImmutableArray<Returned> Back(ImmutableArray<OpenOffer> ended) =>
    [
        .. ended.Select(static offer => new Returned(
            offer.FrameworkId, offer.Offer.Role, offer.Offer.AgentId, offer.Offer.Resources, null)),
    ];

    private sealed record Sweep : INoSerializationVerificationNeeded
    {
        public static Sweep Instance { get; } = new();
    }
}
