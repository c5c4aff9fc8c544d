using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Lists;

/// <summary>
/// The member list as one node shows it to those who ask and to those who subscribed. What it costs to make the next
/// one grows with the change, not with the list.
/// </summary>
internal sealed class ClusterView
{
    internal static readonly ClusterView Empty = new(
        MemberList.Empty, null, ImmutableDictionary<string, Address>.Empty, null);

    private readonly Lazy<ClusterEvent.CurrentClusterState> _state;

    private ClusterView(
        MemberList list, Address? leader, ImmutableDictionary<string, Address> roleLeaders, UniqueAddress? self)
    {
        List = list;
        Leader = leader;
        RoleLeaders = roleLeaders;
        _state = new Lazy<ClusterEvent.CurrentClusterState>(() => MakeState(self));
    }

    internal MemberList List { get; }

    internal Address? Leader { get; }

    /// <summary>Of each role the first by address of those who may be given work.</summary>
    internal ImmutableDictionary<string, Address> RoleLeaders { get; }

    internal ClusterEvent.CurrentClusterState State => _state.Value;

    /// <param name="list">The next list.</param>
    /// <param name="touched">All runs whose line is another than in this one.</param>
    /// <param name="leader">Who leads; null for nobody.</param>
    /// <param name="self">Of whose node this is the view.</param>
    internal ClusterView Next(
        MemberList list, IReadOnlyCollection<UniqueAddress> touched, Address? leader, UniqueAddress self)
    {
        var roles = touched.Select(List.Find).Concat(touched.Select(list.Find)).OfType<MemberEntry>()
            .SelectMany(entry => entry.Member.Roles).Distinct(StringComparer.Ordinal);
        var leaders = RoleLeaders.ToBuilder();
        foreach (var role in roles)
        {
            if (list.Entries.FirstOrDefault(entry => CanLead(entry, role)) is { } first)
                leaders[role] = first.Node.Address;
            else
                leaders.Remove(role);
        }

        return new ClusterView(list, leader, leaders.ToImmutable(), self);
    }

    private static bool CanLead(MemberEntry entry, string role) =>
        entry is { IsReachable: true, Status: MemberStatus.Up or MemberStatus.Leaving } && entry.Member.HasRole(role);

    private ClusterEvent.CurrentClusterState MakeState(UniqueAddress? self)
    {
        var members = List.Entries.Select(entry => entry.Member).ToImmutableSortedSet();
        var unreachable = List.Entries
            .Where(entry => !entry.IsReachable && entry.Node != self).Select(entry => entry.Member)
            .ToImmutableHashSet();
        return new ClusterEvent.CurrentClusterState(
            members, unreachable, [.. members.Select(member => member.Address)], Leader!, RoleLeaders);
    }
}
