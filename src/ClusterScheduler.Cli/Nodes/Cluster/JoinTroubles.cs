using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Remote;
using ClusterScheduler.Runtime.Members;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>Keeps why connections of this node did not come about: the newest reason of each address.</summary>
internal sealed class JoinTroubles
{
    private readonly ConcurrentDictionary<Address, string> _newest = new();

    /// <summary>One line for each address.</summary>
    public IEnumerable<string> Lines =>
        _newest.OrderBy(each => $"{each.Key}", StringComparer.Ordinal).Select(each => $"{each.Key}: {each.Value}");

    public void Listen(ActorSystem system) =>
        system.ActorOf(Props.Create(() => new Listener(this)), "join-troubles");

    public void Note(Address address, string trouble) => _newest[address] = EngineRefusal.InOwnWords(trouble);

    private sealed class Listener : ReceiveActor
    {
        public Listener(JoinTroubles troubles) =>
            Receive<AssociationErrorEvent>(error => troubles.Note(error.RemoteAddress, error.Cause.Message));

        protected override void PreStart() =>
            Context.System.EventStream.Subscribe(Self, typeof(AssociationErrorEvent));
    }
}
