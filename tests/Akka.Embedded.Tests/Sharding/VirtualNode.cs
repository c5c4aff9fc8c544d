using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding.Internal;
using Akka.Util;

namespace Akka.Embedded.Tests.Sharding;

/// <summary>
/// One node of a <see cref="VirtualCluster"/>: a branch of the one tree of actors, with links of its own.
/// </summary>
internal sealed class VirtualNode : ShardingNode
{
    private readonly VirtualCluster _cluster;
    private readonly List<IActorRef> _subscribers = [];
    private readonly List<Member> _seen = [];

    internal VirtualNode(VirtualCluster cluster, int number, IEnumerable<Member> others)
    {
        _cluster = cluster;
        Number = number;
        Self = new UniqueAddress(AddressOf(number), number);
        Member = new Member(Self, number, MemberStatus.Up, ImmutableHashSet<string>.Empty, AppVersion.Zero);
        _seen.AddRange(others);
        Root = (LocalActorRef)cluster.System.ActorOf(Props.Create(() => new Branch()), NameOf(number));
    }

    internal int Number { get; }

    internal Member Member { get; }

    internal override UniqueAddress Self { get; }

    internal LocalActorRef Root { get; }

    /// <summary>What it will hear of the cluster, in order.</summary>
    internal Queue<ClusterEvent.IMemberEvent> News { get; } = [];

    internal IActorRef Region => Root.Cell.Child(Name(VirtualCluster.Type));

    internal bool HasStopped => Root.IsTerminated;

    internal static string NameOf(int number) => $"n{number}";

    internal static Address AddressOf(int number) => new("akka.tcp", "virtual", NameOf(number), 1);

    internal void HearNext()
    {
        var news = News.Dequeue();
        _seen.RemoveAll(each => each.Equals(news.Member));
        if (news is not ClusterEvent.MemberRemoved)
            _seen.Add(news.Member);
        foreach (var subscriber in _subscribers.ToList())
            subscriber.Tell(news, ActorRefs.NoSender);
    }

    internal override void Subscribe(
        IActorRef subscriber, ClusterEvent.SubscriptionInitialStateMode initialState)
    {
        _subscribers.Add(subscriber);
        if (initialState == ClusterEvent.SubscriptionInitialStateMode.InitialStateAsSnapshot)
        {
            subscriber.Tell(
                new ClusterEvent.CurrentClusterState(
                    [.. _seen], [], [], null!, ImmutableDictionary<string, Address>.Empty), ActorRefs.NoSender);
            return;
        }

        foreach (var member in _seen)
            subscriber.Tell(new ClusterEvent.MemberUp(member), ActorRefs.NoSender);
    }

    /// <summary>No node comes back under its number.</summary>
    internal override bool IsCurrentRun(UniqueAddress node) => true;

    internal override void Unsubscribe(IActorRef subscriber) => _subscribers.Remove(subscriber);

    internal override void TellRegion(Address node, string typeName, object message, IActorRef sender) =>
        TellAt(node, message, sender, Name(typeName));

    internal override void TellCoordinator(Address node, string typeName, object message, IActorRef sender) =>
        TellAt(node, message, sender, CoordinatorName(typeName), CoordinatorHost.Coordinator);

    internal override Address AddressOf(IActorRef actor) => AddressOf(VirtualCluster.NodeOf(actor));

    private void TellAt(Address node, object message, IActorRef sender, params string[] below)
    {
        var to = int.Parse(node.Host![1..], System.Globalization.CultureInfo.InvariantCulture);
        var seen = _cluster.Translate(to, message);
        var seenSender = _cluster.SeenFrom(to, sender);
        _cluster.Send(Number, to, () =>
        {
            if (_cluster.HasEnded(to))
                return;
            var found = _cluster.Node(to).Root.GetChild(below);
            if (found is not Nobody)
                found.Tell(seen, seenSender);
            else if (message is Identify identify)
                seenSender.Tell(new ActorIdentity(identify.MessageId, null), ActorRefs.NoSender);
        });
    }

    private sealed class Branch : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }
}
