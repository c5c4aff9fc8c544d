using System.Threading.Channels;

namespace ClusterScheduler.Gateway.Jobs;

/// <summary>
/// Hears how jobs go on and hands it to whoever waits outside the actors; ends the channel when that one is too slow
/// for it.
/// </summary>
public sealed class JobWatcher : ReceiveActor
{
    private static readonly TimeSpan WatchAgainAfter = TimeSpan.FromSeconds(1);

    private readonly IActorRef _services;
    private readonly long _submission;

    /// <param name="services">The service scheduler, or a proxy of it.</param>
    /// <param name="submission">Which submission; 0: all jobs.</param>
    /// <param name="changes">First how all of them are, then what changed.</param>
    public JobWatcher(IActorRef services, long submission, ChannelWriter<ServicesProtocol.JobsChanged> changes)
    {
        _services = services;
        _submission = submission;
        Receive<ServicesProtocol.JobsChanged>(change =>
        {
            // Behind a proxy, this is who answers: when it moves, its successor is asked for everything anew.
            Context.Watch(Sender);
            SetReceiveTimeout(null);
            if (!changes.TryWrite(change))
            {
                changes.TryComplete();
            }
        });
        Receive<Terminated>(_ => Watch());
        Receive<ReceiveTimeout>(_ => Watch());
        Watch();
    }

    private void Watch()
    {
        _services.Tell(new ServicesProtocol.WatchJobs(_submission), Self);
        SetReceiveTimeout(WatchAgainAfter);
    }
}
