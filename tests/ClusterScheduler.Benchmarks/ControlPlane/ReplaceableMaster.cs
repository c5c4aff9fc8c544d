using Akka.Actor;
using ClusterScheduler.Master;

namespace ClusterScheduler.Benchmarks.ControlPlane;

/// <summary>
/// Where the master is spoken to; stands in for the cluster, which starts the next one when one dies.
/// </summary>
internal sealed class ReplaceableMaster : ReceiveActor
{
    private readonly MasterOptions _options;
    private IActorRef? _master;
    private IActorRef? _asker;

    public ReplaceableMaster(MasterOptions options)
    {
        _options = options;
        Receive<Begin>(_ => _master = Context.Watch(Context.ActorOf(MasterActor.Props(_options))));
        Receive<End>(_ =>
        {
            _asker = Sender;
            Context.Stop(_master!);
        });
        Receive<Terminated>(_ =>
        {
            _master = null;
            _asker?.Tell(new Ended());
        });
        ReceiveAny(message => _master?.Forward(message));
    }

    internal sealed record Begin : INoSerializationVerificationNeeded;

    internal sealed record End : INoSerializationVerificationNeeded;

    internal sealed record Ended : INoSerializationVerificationNeeded;
}
