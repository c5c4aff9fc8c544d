using Akka.Cluster.Lists;

namespace Akka.Cluster;

/// <summary>What happened between two views, in the order in which it is told.</summary>
internal static class ViewEvents
{
    internal static IEnumerable<ClusterEvent.IClusterDomainEvent> Between(
        ClusterView before, ClusterView after, UniqueAddress self)
    {
        foreach (var reachability in Reachability(before.List, after.List, self))
            yield return reachability;
        foreach (var member in Members(before.List, after.List))
            yield return member;
        if (before.Leader != after.Leader)
            yield return new ClusterEvent.LeaderChanged(after.Leader!);
        foreach (var role in before.State.RoleLeaders.Keys.Union(after.State.RoleLeaders.Keys).Order())
        {
            var leader = after.State.RoleLeader(role);
            if (leader != before.State.RoleLeader(role))
                yield return new ClusterEvent.RoleLeaderChanged(role, leader);
        }
    }

    private static IEnumerable<ClusterEvent.IClusterDomainEvent> Reachability(
        MemberList before, MemberList after, UniqueAddress self)
    {
        foreach (var entry in after.Entries.Where(entry => entry.Node != self))
        {
            var wasReachable = before.Find(entry.Node)?.IsReachable ?? true;
            if (wasReachable && !entry.IsReachable)
                yield return new ClusterEvent.UnreachableMember(entry.Member);
            else if (!wasReachable && entry.IsReachable)
                yield return new ClusterEvent.ReachableMember(entry.Member);
        }
    }

    private static IEnumerable<ClusterEvent.IClusterDomainEvent> Members(MemberList before, MemberList after)
    {
        foreach (var entry in before.Entries.Where(entry => after.Find(entry.Node) is null))
            yield return new ClusterEvent.MemberRemoved(
                entry.Member.With(MemberStatus.Removed), entry.Status);
        // The oldest first: who sees itself come up has then heard of all that were before it.
        var others = after.Entries.Where(entry => before.Find(entry.Node)?.Status != entry.Status);
        foreach (var entry in others.OrderBy(entry => entry.Member, Member.AgeOrdering))
        {
            if (Of(entry.Member) is { } changed)
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
