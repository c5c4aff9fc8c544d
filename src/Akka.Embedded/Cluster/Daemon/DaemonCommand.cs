using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Leading;
using Akka.Remote.Wire;

namespace Akka.Cluster.Daemon;

/// <summary>What this node's own code asks of its membership; it never leaves the node.</summary>
internal abstract record DaemonCommand : INoSerializationVerificationNeeded;

internal sealed record Tick : DaemonCommand
{
    internal static readonly Tick Instance = new();
}

internal sealed record JoinNodes(ImmutableArray<Address> Seeds) : DaemonCommand;

internal sealed record LeaveNode(Address Address) : DaemonCommand;

internal sealed record DownNode(Address Address) : DaemonCommand;

internal sealed record SubscribeToCluster(
    IActorRef Subscriber, ClusterEvent.SubscriptionInitialStateMode Mode, ImmutableArray<Type> Types) : DaemonCommand;

internal sealed record UnsubscribeFromCluster(IActorRef Subscriber, Type? Type) : DaemonCommand;

internal sealed record SendState(IActorRef Receiver) : DaemonCommand;

internal sealed record CallWhenUp(Action Callback) : DaemonCommand;

internal sealed record CallWhenRemoved(Action Callback) : DaemonCommand;

/// <summary>Done when this node is on its way out of the cluster, or in none.</summary>
internal sealed record BeginLeaving(TaskCompletionSource<Done> Done) : DaemonCommand;

/// <summary>Singletons and shards have stopped: done when this node is removed.</summary>
internal sealed record ConfirmStopped(TaskCompletionSource<Done> Done) : DaemonCommand;

/// <summary>Whatever was reached, membership ends here.</summary>
internal sealed record EndMembership(TaskCompletionSource<Done> Done) : DaemonCommand;

/// <summary>A node would not talk to this one.</summary>
internal sealed record ConnectionRefused(Address Address, JoinRefusal Reason, string Text) : DaemonCommand
{
    /// <summary>The text, and whose it is.</summary>
    internal string Said => $"{Text} So says {Address}.";
}

/// <summary>A write of this node was refused, as its line in the member list is gone.</summary>
internal sealed record RemovedFromStore : DaemonCommand
{
    internal static readonly RemovedFromStore Instance = new();
}

internal sealed record StoreOpened(StoreId Id, Exception? Failure) : DaemonCommand;

/// <summary>Which run answers at this node's address; null: none, as far as can be seen.</summary>
internal sealed record OwnAddressAsked(Peer? There) : DaemonCommand;

internal sealed record LeaderFound(Address? Leader, Exception? Failure) : DaemonCommand;
