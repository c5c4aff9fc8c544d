using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Remote;

namespace ClusterScheduler.Cli.Nodes.Cluster;

/// <summary>Keeps why connections of this node did not come about: the newest reason of each address.</summary>
internal sealed class JoinTroubles
{
    private readonly ConcurrentDictionary<Address, string> _newest = new();
    private readonly TaskCompletionSource _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done once a node said that this one will never do.</summary>
    public Task Refused => _refused.Task;

    /// <summary>One line for each address.</summary>
    public IEnumerable<string> Lines =>
        _newest.OrderBy(each => $"{each.Key}", StringComparer.Ordinal).Select(each => $"{each.Key}: {each.Value}");

    /// <summary>The first reason of which the kind is known.</summary>
    public JoinRefusal? Refusal =>
        Lines.Select(JoinRefusal.Find).FirstOrDefault(refusal => refusal is not null);

    public void Listen(ActorSystem system) =>
        system.ActorOf(Props.Create(() => new Listener(this)), "join-troubles");

    private void Take(Address address, string why)
    {
        _newest[address] = why;
        if (JoinRefusal.Find(why) is not null)
        {
            _refused.TrySetResult();
        }
    }

    private sealed class Listener : ReceiveActor
    {
        public Listener(JoinTroubles troubles) =>
            Receive<AssociationErrorEvent>(error => troubles.Take(error.RemoteAddress, error.Cause.Message));

        protected override void PreStart() =>
            Context.System.EventStream.Subscribe(Self, typeof(AssociationErrorEvent));
    }
}
