namespace Akka.Cluster.Tools.Singleton;

/// <summary>
/// The members of a role that came up and are not removed, by age. One that is down is still among them: what it runs
/// may not have stopped yet.
/// </summary>
internal sealed class RoleMembers(string? role)
{
    private readonly SortedSet<Member> _byAge = new(Member.AgeOrdering);

    /// <summary>Where the singleton of the role runs or will run; null while nobody is up.</summary>
    internal Member? Oldest => _byAge.Min;

    internal void Reset(ClusterEvent.CurrentClusterState state)
    {
        _byAge.Clear();
        foreach (var member in state.Members)
            Put(member);
    }

    internal void Apply(ClusterEvent.IMemberEvent change)
    {
        _byAge.RemoveWhere(known => known.UniqueAddress.Equals(change.Member.UniqueAddress));
        Put(change.Member);
    }

    private void Put(Member member)
    {
        var counts = member.Status is MemberStatus.Up or MemberStatus.Leaving or MemberStatus.Exiting
            or MemberStatus.Down;
        if (counts && (role is null || member.HasRole(role)))
            _byAge.Add(member);
    }
}
