using Akka.Actor;

namespace Akka.Cluster.Sharding.Internal;

/// <summary>The members of one role that came up and are not removed, by age.</summary>
internal sealed class RoleView(string? role)
{
    private readonly List<Member> _byAge = [];
    private readonly HashSet<Address> _gone = [];

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
        _byAge.RemoveAll(each => each.Equals(member));
        if (member.Status != MemberStatus.Removed)
        {
            _gone.Remove(member.Address);
            _byAge.Add(member);
            _byAge.Sort(Member.AgeOrdering);
        }
    }

    internal void Remove(Member member)
    {
        if (_byAge.RemoveAll(each => each.Equals(member)) > 0)
            _gone.Add(member.Address);
    }

    /// <summary>The member at that address was removed, and no other came up there.</summary>
    internal bool IsGone(Address address) => _gone.Contains(address);
}
