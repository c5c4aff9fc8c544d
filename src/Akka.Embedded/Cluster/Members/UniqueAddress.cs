using System.Globalization;
using Akka.Actor;

namespace Akka.Cluster;

/// <summary>One run of a node: its address, and a number that the next run at that address does not have.</summary>
public class UniqueAddress : IEquatable<UniqueAddress>, IComparable<UniqueAddress>, IComparable
{
    private readonly int _hash;

    public UniqueAddress(Address address, int uid)
    {
        ArgumentNullException.ThrowIfNull(address);
        Address = address;
        Uid = uid;
        _hash = HashCode.Combine(address, uid);
    }

    public Address Address { get; }

    public int Uid { get; }

    public static bool operator ==(UniqueAddress? left, UniqueAddress? right) =>
        left is null ? right is null : left.Equals(right);

    public static bool operator !=(UniqueAddress? left, UniqueAddress? right) => !(left == right);

    public static bool operator <(UniqueAddress left, UniqueAddress right) => left.CompareTo(right) < 0;

    public static bool operator <=(UniqueAddress left, UniqueAddress right) => left.CompareTo(right) <= 0;

    public static bool operator >(UniqueAddress left, UniqueAddress right) => left.CompareTo(right) > 0;

    public static bool operator >=(UniqueAddress left, UniqueAddress right) => left.CompareTo(right) >= 0;

    public int CompareTo(UniqueAddress? other)
    {
        if (other is null)
            return 1;
        var order = Member.AddressOrdering.Compare(Address, other.Address);
        return order != 0 ? order : Uid.CompareTo(other.Uid);
    }

    int IComparable.CompareTo(object? obj) => CompareTo(obj as UniqueAddress);

    public bool Equals(UniqueAddress? other) =>
        other is not null && other.Uid == Uid && other.Address.Equals(Address);

    public override bool Equals(object? obj) => Equals(obj as UniqueAddress);

    public override int GetHashCode() => _hash;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"UniqueAddress: ({Address}, {Uid})");

    /// <summary>For the store and the log: <c>address#uid</c>.</summary>
    internal string ToText() => string.Create(CultureInfo.InvariantCulture, $"{Address}#{Uid}");

    internal static UniqueAddress FromText(string text)
    {
        var mark = text.LastIndexOf('#');
        return new UniqueAddress(
            Address.Parse(text[..mark]), int.Parse(text.AsSpan(mark + 1), CultureInfo.InvariantCulture));
    }
}
