using Akka.Cluster.Lists;

namespace Akka.Cluster;

/// <summary>What happened between two views, in the order in which it is told.</summary>
internal static class ViewEvents
{
    /// <param name="before">What was shown.</param>
    /// <param name="after">What is shown now.</param>
    /// <param name="touched">All runs whose line may differ.</param>
    /// <param name="self">Whose view it is: no node is unreachable to itself.</param>
    internal static IEnumerable<ClusterEvent.IClusterDomainEvent> Between(
        ClusterView before, ClusterView after, IReadOnlyCollection<UniqueAddress> touched, UniqueAddress self)
    {
        foreach (var reachability in Reachability(before.List, after.List, touched.Where(node => node != self)))
            yield return reachability;
        foreach (var member in Members(before.List, after.List, touched))
            yield return member;
        if (before.Leader != after.Leader)
            yield return new ClusterEvent.LeaderChanged(after.Leader!);
        foreach (var role in before.RoleLeaders.Keys.Union(after.RoleLeaders.Keys).Order())
        {
            var leader = after.RoleLeaders.GetValueOrDefault(role);
            if (leader != before.RoleLeaders.GetValueOrDefault(role))
                yield return new ClusterEvent.RoleLeaderChanged(role, leader!);
        }
    }

    private static IEnumerable<ClusterEvent.IClusterDomainEvent> Reachability(
        MemberList before, MemberList after, IEnumerable<UniqueAddress> touched)
    {
        foreach (var entry in touched.Select(after.Find).OfType<MemberEntry>())
        {
            var wasReachable = before.Find(entry.Node)?.IsReachable ?? true;
            if (wasReachable && !entry.IsReachable)
                yield return new ClusterEvent.UnreachableMember(entry.Member);
            else if (!wasReachable && entry.IsReachable)
                yield return new ClusterEvent.ReachableMember(entry.Member);
        }
    }

    private static IEnumerable<ClusterEvent.IClusterDomainEvent> Members(
        MemberList before, MemberList after, IReadOnlyCollection<UniqueAddress> touched)
    {
        foreach (var entry in touched.Select(before.Find).OfType<MemberEntry>())
        {
            if (after.Find(entry.Node) is null)
                yield return new ClusterEvent.MemberRemoved(entry.Member.With(MemberStatus.Removed), entry.Status);
        }

        // The oldest first: who hears of itself before it hears of its elders would take itself for the oldest.
        foreach (var entry in touched.Select(after.Find).OfType<MemberEntry>()
            .OrderBy(entry => entry.Member, Member.AgeOrdering))
        {
            if (before.Find(entry.Node)?.Status != entry.Status && Of(entry.Member) is { } changed)
                yield return changed;
        }
    }

    private static ClusterEvent.IMemberEvent? Of(Member member) => member.Status switch
    {
        MemberStatus.Joining => new ClusterEvent.MemberJoined(member),
        MemberStatus.WeaklyUp => new ClusterEvent.MemberWeaklyUp(member),
        MemberStatus.Up => new ClusterEvent.MemberUp(member),
        MemberStatus.Leaving => new ClusterEvent.MemberLeft(member),
        MemberStatus.Exiting => new ClusterEvent.MemberExited(member),
        MemberStatus.Down => new ClusterEvent.MemberDowned(member),
        _ => null,
    };
}
