using System.Collections.Immutable;
using Akka.Util;

namespace Akka.Cluster.Leading;

/// <summary>What a node says of itself when it asks to be let in.</summary>
/// <param name="Node">Which run of which address.</param>
/// <param name="Roles">What it is for.</param>
/// <param name="AppVersion">Version of what runs on it.</param>
/// <param name="Clock">What its wall clock shows.</param>
/// <param name="Store">The store that it can lead with.</param>
/// <param name="MayLead">Whether its role may.</param>
/// <param name="LeastMemberLease">With a shorter member lease it could not live through a change of leader.</param>
/// <param name="SameEverywhere">What of its settings all nodes must have the same; empty: nothing is said.</param>
internal sealed record Applicant(
    UniqueAddress Node, ImmutableHashSet<string> Roles, AppVersion AppVersion, DateTimeOffset Clock, StoreId Store,
    bool MayLead, TimeSpan LeastMemberLease, string SameEverywhere = "");
