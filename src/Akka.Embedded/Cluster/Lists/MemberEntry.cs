namespace Akka.Cluster.Lists;

/// <summary>One line of the member list.</summary>
/// <param name="Member">Who, and in which status.</param>
/// <param name="IsReachable">Whether the leader hears of it.</param>
/// <param name="MayLead">Whether it can take the leader lease.</param>
internal sealed record MemberEntry(Member Member, bool IsReachable, bool MayLead)
{
    internal UniqueAddress Node => Member.UniqueAddress;

    internal MemberStatus Status => Member.Status;

    /// <summary>Members are equal whatever their status; lines of a list are not.</summary>
    public bool Equals(MemberEntry? other) =>
        other is not null && other.Node.Equals(Node) && other.Status == Status && other.IsReachable == IsReachable
        && other.MayLead == MayLead && other.Member.UpNumber == Member.UpNumber;

    public override int GetHashCode() => HashCode.Combine(Node, Status, IsReachable, MayLead);

    internal MemberEntry With(MemberStatus status) => this with { Member = Member.With(status) };
}
