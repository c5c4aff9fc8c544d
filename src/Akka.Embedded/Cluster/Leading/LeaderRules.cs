using System.Collections.Immutable;

namespace Akka.Cluster.Leading;

/// <summary>What the leader goes by.</summary>
/// <param name="MemberLease">How long a member may go on after the heartbeat that was answered.</param>
/// <param name="UnreachableAfter">Without a heartbeat for this long a member is unreachable.</param>
/// <param name="MinNrOfMembers">None comes up before there are so many.</param>
/// <param name="MinNrOfMembersOfRole">The same for members of one role.</param>
/// <param name="ClockDifferenceMax">A node whose wall clock is further off is refused.</param>
/// <param name="StoreId">Identity of the store of the member list.</param>
/// <param name="SameEverywhere">A node whose settings say another thing is refused; empty: none is.</param>
internal sealed record LeaderRules(
    TimeSpan MemberLease, TimeSpan UnreachableAfter, int MinNrOfMembers,
    ImmutableDictionary<string, int> MinNrOfMembersOfRole, TimeSpan ClockDifferenceMax, StoreId StoreId,
    string SameEverywhere = "");
