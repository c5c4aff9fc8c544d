using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Leading;
using Akka.Cluster.Lists;

namespace Akka.Cluster.Wire;

/// <summary>The whole list: to a node that was let in, and to one that has fallen behind.</summary>
internal sealed record FullList(
    long Epoch, UniqueAddress Leader, StoreId Store, TimeSpan MemberLease, MemberList List) : IClusterMessage;

/// <summary>Changes that follow each other.</summary>
internal sealed record ListChanges(long Epoch, UniqueAddress Leader, ImmutableArray<ListChange> Changes)
    : IClusterMessage;

/// <summary>A member lives. <paramref name="Number"/> comes back in the answer.</summary>
internal sealed record Heartbeat(UniqueAddress Node, long Number, long Version) : IClusterMessage;

/// <summary>The member may go on for the lease, counted from when it sent the heartbeat of that number.</summary>
internal sealed record LeaseGranted(long Epoch, UniqueAddress Leader, long Number, TimeSpan Lease) : IClusterMessage;

/// <summary>The node that asked is not in the list, or it is down there.</summary>
internal sealed record NotMember(long Epoch, UniqueAddress Leader, UniqueAddress Node) : IClusterMessage;

/// <summary>Who leads, in which term.</summary>
internal sealed record LeaderHere(long Epoch, UniqueAddress Leader) : IClusterMessage;

/// <summary>Nobody leads now: whoever may is to try.</summary>
internal sealed record LeaderResigned(long Epoch) : IClusterMessage;

internal sealed record LeaveRequest(Address Address) : IClusterMessage;

internal sealed record DownRequest(Address Address) : IClusterMessage;

/// <summary>Nothing of this run is active any more; nothing need be waited for.</summary>
internal sealed record Stopped(UniqueAddress Node) : IClusterMessage;
