using System.Threading.Channels;
using Akka.Actor;
using ClusterScheduler.Protocol;

namespace ClusterScheduler.Cli.Running;

/// <summary>Hears how jobs go on and hands it to whoever waits outside the actors.</summary>
internal sealed class JobWatcher : ReceiveActor
{
    public JobWatcher(IActorRef services, long submission, ChannelWriter<ServicesProtocol.JobsChanged> changes)
    {
        Receive<ServicesProtocol.JobsChanged>(change => changes.TryWrite(change));
        services.Tell(new ServicesProtocol.WatchJobs(submission), Self);
    }
}
