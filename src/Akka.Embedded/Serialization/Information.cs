using Akka.Actor;

namespace Akka.Serialization;

/// <summary>For which address, and on whose behalf, something is being serialized on this thread.</summary>
public sealed class Information : IEquatable<Information>
{
    public Information(Address address, ActorSystem system)
    {
        Address = address;
        System = system;
    }

    public Address Address { get; }

    public ActorSystem System { get; }

    public static bool operator ==(Information? left, Information? right) =>
        left is null ? right is null : left.Equals(right);

    public static bool operator !=(Information? left, Information? right) => !(left == right);

    public bool Equals(Information? other) =>
        other is not null && Equals(Address, other.Address) && ReferenceEquals(System, other.System);

    public override bool Equals(object? obj) => Equals(obj as Information);

    public override int GetHashCode() => Address?.GetHashCode() ?? 0;
}
