using System.Diagnostics.CodeAnalysis;

namespace Akka.Actor;

/// <summary>
/// Name of an actor from the root of its system down. The uid tells one incarnation of a name from the next;
/// two paths are equal when address and elements are, whatever their uids.
/// </summary>
public abstract class ActorPath : IEquatable<ActorPath>, IComparable<ActorPath>
{
    public const string ValidSymbols = "\"-_.*$+:@&=,!~';()";

    private readonly int _hash;

    protected ActorPath(Address address, string name)
    {
        Address = address;
        Name = name;
        Parent = this;
        _hash = address.GetHashCode();
    }

    protected ActorPath(ActorPath parentPath, string name, long uid)
    {
        Address = parentPath.Address;
        Name = name;
        Parent = parentPath;
        Uid = uid;
        Depth = parentPath.Depth + 1;
        _hash = HashCode.Combine(parentPath._hash, name);
    }

    public Address Address { get; }

    public string Name { get; }

    /// <summary>The path one element up; a root is its own parent.</summary>
    public ActorPath Parent { get; }

    public long Uid { get; }

    /// <summary>Number of elements: 0 at the root.</summary>
    public int Depth { get; }

    public ActorPath Root => ParentOf(0);

    public IReadOnlyList<string> Elements
    {
        get
        {
            var elements = new string[Depth];
            for (var path = this; path.Depth > 0; path = path.Parent)
                elements[path.Depth - 1] = path.Name;
            return elements;
        }
    }

    public static ActorPath operator /(ActorPath path, string name) => path.Child(name);

    public static ActorPath operator /(ActorPath path, IEnumerable<string> name)
    {
        foreach (var element in name)
        {
            if (!string.IsNullOrEmpty(element))
                path /= element;
        }

        return path;
    }

    public static bool operator ==(ActorPath? left, ActorPath? right) =>
        left is null ? right is null : left.Equals(right);

    public static bool operator !=(ActorPath? left, ActorPath? right) => !(left == right);

    public static bool IsValidPathElement(string s) => PathSyntax.IsValidName(s);

    public static string FormatPathElements(IEnumerable<string> pathElements) => "/" + string.Join('/', pathElements);

    public static ActorPath Parse(string path) =>
        TryParse(path, out var parsed)
            ? parsed
            : throw new UriFormatException(
                $"'{path}' is not an actor path; expected akka://system/user/name, with a host if it is remote.");

    public static bool TryParse(string path, [NotNullWhen(true)] out ActorPath? actorPath) =>
        PathSyntax.TryParse(path, out actorPath);

    public static bool TryParseAddress(string path, [NotNullWhen(true)] out Address? address) =>
        Address.TryParse(path, out address);

    public ActorPath Child(string childName)
    {
        var (name, uid) = PathSyntax.SplitNameAndUid(childName);
        return new ChildActorPath(this, name, uid);
    }

    public ActorPath ParentOf(int depth)
    {
        var path = this;
        while (path.Depth > depth)
            path = path.Parent;
        return path;
    }

    public ActorPath WithUid(long uid) => uid == Uid ? this : Reincarnate(uid);

    public int CompareTo(ActorPath? other) =>
        other is null ? 1 : string.CompareOrdinal(ToString(), other.ToString());

    public bool Equals(ActorPath? other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (other is null || _hash != other._hash || Depth != other.Depth)
            return false;

        var (left, right) = (this, other);
        for (; left.Depth > 0; left = left.Parent, right = right.Parent)
        {
            if (ReferenceEquals(left, right))
                return true;
            if (!string.Equals(left.Name, right.Name, StringComparison.Ordinal))
                return false;
        }

        return left.Address.Equals(right.Address);
    }

    public override bool Equals(object? obj) => Equals(obj as ActorPath);

    public override int GetHashCode() => _hash;

    public override string ToString() => PathText.Write(this, Address, withUid: false);

    public string ToStringWithAddress() => ToString();

    /// <summary>
    /// As text, with <paramref name="address"/> in place of an address that only this process understands.
    /// </summary>
    public string ToStringWithAddress(Address address) =>
        PathText.Write(this, Address.HasGlobalScope ? Address : address, withUid: false);

    public string ToStringWithoutAddress() => PathText.Write(this, address: null, withUid: false);

    public string ToStringWithUid() => ToSerializationFormat();

    public string ToSerializationFormat() => PathText.Write(this, Address, withUid: true);

    public string ToSerializationFormatWithAddress(Address address) =>
        PathText.Write(this, Address.HasGlobalScope ? Address : address, withUid: true);

    private protected abstract ActorPath Reincarnate(long uid);
}
