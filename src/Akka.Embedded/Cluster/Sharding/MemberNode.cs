using Akka.Actor;
using Akka.Remote;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>A node that is a member of a cluster.</summary>
internal sealed class MemberNode(Cluster cluster, string guardianName) : ShardingNode
{
    internal override UniqueAddress Self => cluster.SelfUniqueAddress;

    internal override void Subscribe(
        IActorRef subscriber, ClusterEvent.SubscriptionInitialStateMode initialState) => cluster.Subscribe(
            subscriber, initialState, typeof(ClusterEvent.IMemberEvent), typeof(ClusterEvent.ClusterShuttingDown));

    internal override void Unsubscribe(IActorRef subscriber) => cluster.Unsubscribe(subscriber);

    internal override void TellRegion(Address node, string typeName, object message, IActorRef sender) =>
        Select(node, Name(typeName)).Tell(message, sender);

    internal override void TellCoordinator(Address node, string typeName, object message, IActorRef sender) =>
        Select(node, CoordinatorName(typeName), CoordinatorHost.Coordinator).Tell(message, sender);

    internal override bool IsCurrentRun(UniqueAddress node) =>
        node.Equals(Self) || ((RemoteActorRefProvider)cluster.System.Provider).Remoting.IsCurrentRun(node);

    internal override Address AddressOf(IActorRef actor) =>
        actor.Path.Address.HasLocalScope ? cluster.SelfAddress : actor.Path.Address;

    private ActorSelection Select(Address node, params string[] below) => cluster.System.ActorSelection(
        new RootActorPath(node) / "system" / guardianName / below.AsEnumerable());
}
