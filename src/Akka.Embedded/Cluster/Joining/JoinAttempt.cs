using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Daemon;
using Akka.Cluster.Leading;
using Akka.Cluster.Wire;

namespace Akka.Cluster.Joining;

/// <summary>
/// How this node becomes a member: it asks the seed nodes, and where they point to. With a database it asks that too
/// who leads, and takes the lease when nobody does: so nodes that start together make one cluster. Without one, only
/// the first of the seed nodes begins a cluster, when no other knows of any.
/// </summary>
internal sealed class JoinAttempt(NodeContext context, ImmutableArray<Address> seeds, bool isToldToFound)
{
    private readonly HashSet<Address> _knowNone = [];
    private readonly HashSet<Address> _refusing = [];
    private readonly TimeSpan _began = context.Now;
    private TimeSpan _askedAt = NodeContext.LongAgo;
    private Address? _leader;

    internal ImmutableArray<Address> Seeds => seeds;

    internal TimeSpan Age => context.Now - _began;

    /// <summary>The list that this node is in; it is a member once its first heartbeat was answered.</summary>
    internal FullList? Welcome { get; set; }

    /// <summary>Said by a seed node that will never talk to this one; the others may be silent or starting.</summary>
    internal ConnectionRefused? Refused { get; private set; }

    private IEnumerable<Address> Others => seeds.Where(seed => seed != context.Self.Address);

    /// <summary>True: it is time to begin a cluster in memory.</summary>
    internal bool MayFound =>
        seeds.Length > 0 && seeds[0] == context.Self.Address
        && (isToldToFound || Others.All(_knowNone.Contains) || Age >= context.Cluster.Settings.SeedNodeTimeout);

    /// <summary>
    /// Nobody leads by the store of this node. False for a moment, in which the other seed nodes may say who does: then
    /// they have another store, and this node does not belong to them.
    /// </summary>
    internal bool MayLead => Others.All(_knowNone.Contains) || Age >= context.Settings.JoinInterval * 2;

    /// <summary>True once per round.</summary>
    internal bool Ask(StoreId store)
    {
        if (context.Now - _askedAt < context.Settings.JoinInterval)
            return false;
        _askedAt = context.Now;
        var request = Request(store);
        foreach (var seed in Others.Append(_leader).Where(seed => seed is not null).Distinct())
            context.Send(seed!, request);
        return true;
    }

    /// <summary>Whom to ask besides the seed nodes.</summary>
    internal void Point(Address? leader, StoreId store)
    {
        if (leader is null || leader == _leader || leader == context.Self.Address)
            return;
        _leader = leader;
        context.Send(leader, Request(store));
    }

    internal void KnowsNone(Address seed) => _knowNone.Add(seed);

    /// <summary>True: every other seed node has said that it will never talk to this one.</summary>
    internal bool IsRefusedBy(ConnectionRefused refused)
    {
        if (!Others.Contains(refused.Address))
            return false;
        _refusing.Add(refused.Address);
        Refused = refused;
        return Others.All(_refusing.Contains);
    }

    private JoinRequest Request(StoreId store) =>
        new(JoinRequest.CurrentProtocol, context.Self, Describe(store));

    internal Applicant Describe(StoreId store) => new(
        context.Self, context.Cluster.Settings.Roles, context.Cluster.Settings.AppVersion, context.WallClock, store,
        context.MayLead, context.Settings.LeastMemberLease, context.Settings.SameEverywhere);
}
