namespace Akka.Cluster.Sharding.Internal;

/// <summary>The members of one role that came up and are not removed, by age.</summary>
internal sealed class RoleView(string? role)
{
    private readonly List<Member> _byAge = [];

    /// <summary>Where the coordinator runs: until it is removed, nobody takes its place.</summary>
    internal Member? Oldest => _byAge.Count > 0 ? _byAge[0] : null;

    internal IEnumerable<UniqueAddress> Nodes => _byAge.Select(each => each.UniqueAddress);

    internal bool HasOtherThan(UniqueAddress node) =>
        _byAge.Exists(each => each.Status == MemberStatus.Up && !each.UniqueAddress.Equals(node));

    internal Member? Find(UniqueAddress node) => _byAge.Find(each => each.UniqueAddress.Equals(node));

    internal void Put(Member member)
    {
        if ((role is not null && !member.HasRole(role)) || member.Status is MemberStatus.Joining
            or MemberStatus.WeaklyUp)
            return;
        Remove(member);
        if (member.Status != MemberStatus.Removed)
        {
            _byAge.Add(member);
            _byAge.Sort(Member.AgeOrdering);
        }
    }

    internal void Remove(Member member) => _byAge.RemoveAll(each => each.Equals(member));
}
