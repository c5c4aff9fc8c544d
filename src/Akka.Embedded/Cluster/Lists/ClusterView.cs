using System.Collections.Immutable;
using Akka.Actor;

namespace Akka.Cluster.Lists;

/// <summary>The member list as one node shows it to those who ask and to those who subscribed.</summary>
internal sealed record ClusterView(MemberList List, Address? Leader, ClusterEvent.CurrentClusterState State)
{
    internal static readonly ClusterView Empty = new(MemberList.Empty, null, new ClusterEvent.CurrentClusterState());

    internal static ClusterView Of(MemberList list, Address? leader, UniqueAddress self)
    {
        var members = list.Entries.Select(entry => entry.Member).ToImmutableSortedSet();
        var unreachable = list.Entries
            .Where(entry => !entry.IsReachable && entry.Node != self).Select(entry => entry.Member)
            .ToImmutableHashSet();
        return new ClusterView(list, leader, new ClusterEvent.CurrentClusterState(
            members, unreachable, [.. members.Select(member => member.Address)], leader!, RoleLeaders(list)));
    }

    /// <summary>Of each role the first by address of those who may be given work.</summary>
    private static ImmutableDictionary<string, Address> RoleLeaders(MemberList list)
    {
        var leaders = ImmutableDictionary.CreateBuilder<string, Address>(StringComparer.Ordinal);
        foreach (var entry in list.Entries.Where(
            entry => entry is { IsReachable: true, Status: MemberStatus.Up or MemberStatus.Leaving }))
        {
            foreach (var role in entry.Member.Roles)
                leaders.TryAdd(role, entry.Node.Address);
        }

        return leaders.ToImmutable();
    }
}
