using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster;

/// <summary>What this node's own code asks of its membership; it never leaves the node.</summary>
internal abstract record DaemonCommand : INoSerializationVerificationNeeded;

internal sealed record JoinNodes(ImmutableArray<Address> Seeds) : DaemonCommand;

internal sealed record LeaveNode(Address Address) : DaemonCommand;

internal sealed record DownNode(Address Address) : DaemonCommand;

internal sealed record SubscribeToCluster(
    IActorRef Subscriber, ClusterEvent.SubscriptionInitialStateMode Mode, ImmutableArray<Type> Types) : DaemonCommand;

internal sealed record UnsubscribeFromCluster(IActorRef Subscriber, Type? Type) : DaemonCommand;

internal sealed record SendState(IActorRef Receiver) : DaemonCommand;

internal sealed record CallWhenUp(Action Callback) : DaemonCommand;

internal sealed record CallWhenRemoved(Action Callback) : DaemonCommand;
