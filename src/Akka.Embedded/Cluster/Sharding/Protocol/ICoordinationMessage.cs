using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>Which run of a coordinator: a later one is on a younger node, or started later on the same.</summary>
internal readonly record struct CoordinatorEpoch(int UpNumber, long Run) : IComparable<CoordinatorEpoch>
{
    public int CompareTo(CoordinatorEpoch other) =>
        UpNumber != other.UpNumber ? UpNumber.CompareTo(other.UpNumber) : Run.CompareTo(other.Run);
}

/// <summary>What regions and the coordinator say to each other; all of it may be said again.</summary>
internal interface ICoordinationMessage : IClusterShardingSerializable, IDeadLetterSuppression;

/// <summary>A coordinator to a region: tell me what you host. Answered by <see cref="Register"/>.</summary>
internal sealed record AskRegion(CoordinatorEpoch Epoch) : ICoordinationMessage;

/// <summary>
/// A region to the coordinator: here I am, on that run of a node; these shards are with me, and those I was told to
/// stop, which takes a while.
/// </summary>
internal sealed record Register(UniqueAddress Node, ImmutableArray<string> Shards, ImmutableArray<string> Stopping)
    : ICoordinationMessage;

/// <summary>A proxy to the coordinator: tell me when a shard is about to move.</summary>
internal sealed record RegisterProxy(UniqueAddress Node) : ICoordinationMessage;

/// <summary>The answer to both.</summary>
internal sealed record RegisterAck(CoordinatorEpoch Epoch) : ICoordinationMessage;

/// <summary>A region to the coordinator: where does this shard live?</summary>
internal sealed record GetShardHome(string Shard) : ICoordinationMessage;

/// <summary>The coordinator to a region: it lives there.</summary>
internal sealed record ShardHome(string Shard, IActorRef Region) : ICoordinationMessage;

/// <summary>The coordinator to a region: you host this shard. Answered by <see cref="ShardStarted"/>.</summary>
/// <param name="Turn">Which order of the coordinator this is; the answer to an older one is worth nothing.</param>
internal sealed record HostShard(string Shard, long Turn) : ICoordinationMessage;

internal sealed record ShardStarted(string Shard, long Turn) : ICoordinationMessage;

/// <summary>
/// The coordinator to all: the shard moves; forget where it lives and keep what comes for it. The answer goes to the
/// owner on the way of all that was forwarded to it before, so that when the coordinator has the answer, the owner has
/// those messages.
/// </summary>
internal sealed record BeginHandOff(string Shard, IActorRef Owner, long Turn) : ICoordinationMessage;

/// <summary>From a region, through the owner, to the coordinator.</summary>
internal sealed record BeginHandOffAck(string Shard, IActorRef Region, IActorRef Coordinator, long Turn)
    : ICoordinationMessage;

/// <summary>The coordinator to the owner: stop the shard. Answered by <see cref="ShardStopped"/>.</summary>
internal sealed record HandOff(string Shard, long Turn) : ICoordinationMessage;

internal sealed record ShardStopped(string Shard, long Turn) : ICoordinationMessage;

/// <summary>A region to the coordinator: find other homes for all that I host.</summary>
internal sealed record RegionLeaves : ICoordinationMessage
{
    internal static readonly RegionLeaves Instance = new();
}
