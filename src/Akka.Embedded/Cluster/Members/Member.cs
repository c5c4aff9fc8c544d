using System.Collections.Immutable;
using Akka.Actor;
using Akka.Util;

namespace Akka.Cluster;

/// <summary>One run of a node as the cluster knows it. Equal when it is the same run, whatever its status.</summary>
public class Member : IComparable<Member>, IComparable
{
    /// <summary>By host, then by port.</summary>
    public static readonly IComparer<Address> AddressOrdering = Comparer<Address>.Create(CompareAddresses);

    /// <summary>The one that came up first is first.</summary>
    public static readonly IComparer<Member> AgeOrdering = Comparer<Member>.Create(static (left, right) =>
        left.Equals(right) ? 0 : left.IsOlderThan(right) ? -1 : 1);

    internal const int NotYetUp = int.MaxValue;

    internal Member(
        UniqueAddress uniqueAddress, int upNumber, MemberStatus status, ImmutableHashSet<string> roles,
        AppVersion appVersion)
    {
        UniqueAddress = uniqueAddress;
        UpNumber = upNumber;
        Status = status;
        Roles = roles;
        AppVersion = appVersion;
    }

    public UniqueAddress UniqueAddress { get; }

    public MemberStatus Status { get; }

    public ImmutableHashSet<string> Roles { get; }

    public AppVersion AppVersion { get; }

    public Address Address => UniqueAddress.Address;

    /// <summary>The n-th that came up; the highest number there is until it does.</summary>
    internal int UpNumber { get; }

    public static bool operator ==(Member? left, Member? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(Member? left, Member? right) => !(left == right);

    public static bool operator <(Member left, Member right) => left.CompareTo(right) < 0;

    public static bool operator <=(Member left, Member right) => left.CompareTo(right) <= 0;

    public static bool operator >(Member left, Member right) => left.CompareTo(right) > 0;

    public static bool operator >=(Member left, Member right) => left.CompareTo(right) >= 0;

    public bool HasRole(string role) => Roles.Contains(role);

    public bool IsOlderThan(Member other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return UpNumber == other.UpNumber
            ? AddressOrdering.Compare(Address, other.Address) < 0
            : UpNumber < other.UpNumber;
    }

    /// <exception cref="InvalidOperationException">A member never goes from its status to this one.</exception>
    public Member Copy(MemberStatus status)
    {
        if (status == Status)
            return this;
        if (!MemberTransitions.IsAllowed(Status, status))
            throw new InvalidOperationException($"Invalid member status transition {Status} -> {status}");
        return new Member(UniqueAddress, UpNumber, status, Roles, AppVersion);
    }

    public Member CopyUp(int upNumber) =>
        new Member(UniqueAddress, upNumber, Status, Roles, AppVersion).Copy(MemberStatus.Up);

    public int CompareTo(Member? other) => other is null ? 1 : UniqueAddress.CompareTo(other.UniqueAddress);

    int IComparable.CompareTo(object? obj) => CompareTo(obj as Member);

    public override bool Equals(object? obj) => obj is Member other && UniqueAddress.Equals(other.UniqueAddress);

    public override int GetHashCode() => UniqueAddress.GetHashCode();

    public override string ToString() =>
        $"Member(address = {Address}, Uid={UniqueAddress.Uid} status = {Status}, "
        + $"role=[{string.Join(",", Roles.Order())}], upNumber={UpNumber}, version={AppVersion})";

    internal Member With(MemberStatus status) => new(UniqueAddress, UpNumber, status, Roles, AppVersion);

    private static int CompareAddresses(Address? left, Address? right)
    {
        if (ReferenceEquals(left, right))
            return 0;
        if (left is null || right is null)
            return left is null ? -1 : 1;
        var hosts = string.CompareOrdinal(left.Host ?? "", right.Host ?? "");
        return hosts != 0 ? hosts : (left.Port ?? 0).CompareTo(right.Port ?? 0);
    }
}
