using Akka.Actor;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>What all parts of sharding on one node share: who the node is, and how it reaches the others.</summary>
internal abstract class ShardingNode
{
    private long _lastRun;

    internal abstract UniqueAddress Self { get; }

    /// <summary>The n-th coordinator that starts in this run of the node.</summary>
    internal long NextRun() => Interlocked.Increment(ref _lastRun);

    internal static string CoordinatorName(string typeName) => Name(typeName + "Coordinator");

    /// <summary>Ids are opaque; a path takes fewer characters than an id may have.</summary>
    internal static string Name(string id) => Uri.EscapeDataString(id);

    /// <summary>Events of members, and that this node is one no more.</summary>
    internal abstract void Subscribe(IActorRef subscriber, ClusterEvent.SubscriptionInitialStateMode initialState);

    internal abstract void Unsubscribe(IActorRef subscriber);

    /// <summary>Tells whoever is the region of a node; an Identify is answered also when there is none.</summary>
    internal abstract void TellRegion(Address node, string typeName, object message, IActorRef sender);

    internal abstract void TellCoordinator(Address node, string typeName, object message, IActorRef sender);

    /// <summary>What comes from the address of this run comes from it, and not from a later one there.</summary>
    internal abstract bool IsCurrentRun(UniqueAddress node);

    /// <summary>Where an actor lives.</summary>
    internal abstract Address AddressOf(IActorRef actor);
}
