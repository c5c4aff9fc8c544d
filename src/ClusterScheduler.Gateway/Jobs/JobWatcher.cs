using System.Threading.Channels;

namespace ClusterScheduler.Gateway.Jobs;

/// <summary>
/// Hears how jobs go on and hands it to whoever waits outside the actors; ends the channel when that one is too slow
/// for it. A change is said once, and may be lost on its way from another node: a gap in the sequence numbers is
/// noticed when the next change comes, the loss of the latest one by asking again after a silence. One that has
/// everything is answered with an empty message, so asking costs little, also for all jobs. After a loss the whole
/// state is passed on once more; it says how things are, so hearing of what did not change does no harm.
/// </summary>
public sealed class JobWatcher : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan DefaultSilenceMax = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(1);

    private readonly IActorRef _services;
    private readonly long _submission;
    private readonly TimeSpan _silenceMax;
    private readonly ChannelWriter<ServicesProtocol.JobsChanged> _changes;

    /// <summary>Everything up to this one was heard; 0: the whole state is missing.</summary>
    private long _sequence;

    /// <param name="services">The service scheduler, or a proxy of it.</param>
    /// <param name="submission">Which submission; 0: all jobs.</param>
    /// <param name="silenceMax">How long nothing may be heard before it is asked again.</param>
    /// <param name="changes">First how all of them are, then what changed.</param>
    public JobWatcher(
        IActorRef services, long submission, TimeSpan silenceMax, ChannelWriter<ServicesProtocol.JobsChanged> changes)
    {
        _services = services;
        _submission = submission;
        _silenceMax = silenceMax;
        _changes = changes;
        Receive<ServicesProtocol.JobsChanged>(Hear);
        Receive<Terminated>(_ => WatchAnew());
        Receive<AskAgain>(_ => Watch());
    }

    /// <summary>One that asks again when nothing was heard for 15 s.</summary>
    public static Props Props(
        IActorRef services, long submission, ChannelWriter<ServicesProtocol.JobsChanged> changes) =>
        Akka.Actor.Props.Create(() => new JobWatcher(services, submission, DefaultSilenceMax, changes));

    /// <inheritdoc/>
    public ITimerScheduler Timers { get; set; } = null!;

    /// <inheritdoc/>
    protected override void PreStart() => Watch();

    private void Hear(ServicesProtocol.JobsChanged change)
    {
        // Behind a proxy, this is who answers: when it moves, its successor is asked for everything anew.
        Context.Watch(Sender);
        var isUncounted = change.Sequence == 0;
        var isNothingNew = !change.BeginsSnapshot && !isUncounted && change.Sequence == _sequence;
        if (isNothingNew || isUncounted || change.BeginsSnapshot
            || (_sequence > 0 && change.Sequence == _sequence + 1))
        {
            _sequence = change.Sequence;
            AskAgainAfter(_silenceMax);
            if (!isNothingNew && !_changes.TryWrite(change))
            {
                _changes.TryComplete();
            }
        }
        else if (_sequence > 0)
        {
            // Not passed on: a part of how things are could be taken for all of it. The whole state follows.
            WatchAnew();
        }
    }

    private void WatchAnew()
    {
        _sequence = 0;
        Watch();
    }

    private void Watch()
    {
        _services.Tell(new ServicesProtocol.WatchJobs(_submission) { LastSequence = _sequence }, Self);
        AskAgainAfter(AnswerTimeout);
    }

    private void AskAgainAfter(TimeSpan pause) => Timers.StartSingleTimer(AskAgain.Instance, AskAgain.Instance, pause);

    private sealed record AskAgain : INoSerializationVerificationNeeded
    {
        public static AskAgain Instance { get; } = new();
    }
}
