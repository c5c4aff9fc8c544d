using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Akka.Actor;

/// <summary>
/// Where an actor system is: <c>akka://name</c> in this process, <c>akka.tcp://name@host:port</c> beyond it.
/// </summary>
public sealed class Address : IEquatable<Address>, IComparable<Address>, IComparable
{
    public static readonly Address AllSystems = new("akka", "all-systems");

    private readonly string _text;

    public Address(string protocol, string system, string? host = null, int? port = null)
    {
        Protocol = protocol;
        System = system;
        Host = host is null ? null! : host.ToLowerInvariant();
        Port = port;
        _text = Format();
    }

    public string Protocol { get; }

    public string System { get; }

    public string Host { get; }

    public int? Port { get; }

    public bool HasLocalScope => string.IsNullOrEmpty(Host);

    public bool HasGlobalScope => !string.IsNullOrEmpty(Host);

    public static bool operator ==(Address? left, Address? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(Address? left, Address? right) => !(left == right);

    public static Address Parse(string address) =>
        TryParse(address, out var parsed)
            ? parsed
            : throw new UriFormatException(
                $"'{address}' is not an address; expected protocol://system or protocol://system@host:port.");

    public static bool TryParse(string path, [NotNullWhen(true)] out Address? address) =>
        TryParse(path.AsSpan(), out address, out _);

    public static bool TryParse(ReadOnlySpan<char> span, [NotNullWhen(true)] out Address? address) =>
        TryParse(span, out address, out _);

    /// <summary>
    /// Reads the address at the front of <paramref name="span"/> and gives back what follows it, from '/'.
    /// </summary>
    public static bool TryParse(
        ReadOnlySpan<char> span, [NotNullWhen(true)] out Address? address, out ReadOnlySpan<char> absolutUri)
    {
        address = null;
        absolutUri = default;
        var scheme = span.IndexOf("://", StringComparison.Ordinal);
        if (scheme <= 0 || !span.StartsWith("akka", StringComparison.Ordinal))
            return false;

        var rest = span[(scheme + 3)..];
        var slash = rest.IndexOf('/');
        var authority = slash < 0 ? rest : rest[..slash];
        absolutUri = slash < 0 ? "/" : rest[slash..];
        return TryParseAuthority(span[..scheme].ToString(), authority, out address);
    }

    public string HostPort() => _text[(Protocol.Length + 3)..];

    public Address WithProtocol(string protocol) => new(protocol, System, Host, Port);

    public Address WithSystem(string system) => new(Protocol, system, Host, Port);

    public Address WithHost(string? host = null) => new(Protocol, System, host, Port);

    public Address WithPort(int? port = null) => new(Protocol, System, Host, port);

    public int CompareTo(Address? other) => string.CompareOrdinal(_text, other?._text);

    int IComparable.CompareTo(object? obj) => CompareTo(obj as Address);

    public bool Equals(Address? other) =>
        ReferenceEquals(this, other)
        || (other is not null && string.Equals(_text, other._text, StringComparison.Ordinal));

    public override bool Equals(object? obj) => Equals(obj as Address);

    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => _text;

    private static bool TryParseAuthority(
        string protocol, ReadOnlySpan<char> authority, [NotNullWhen(true)] out Address? address)
    {
        address = null;
        var at = authority.IndexOf('@');
        if (at < 0)
        {
            if (authority.IsEmpty || authority.Contains(':'))
                return false;
            address = new Address(protocol, authority.ToString());
            return true;
        }

        var system = authority[..at];
        var endpoint = authority[(at + 1)..];
        var colon = endpoint.LastIndexOf(':');
        if (system.IsEmpty || colon <= 0)
            return false;
        if (!int.TryParse(endpoint[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port))
            return false;
        if (port > 65535)
            return false;
        address = new Address(protocol, system.ToString(), endpoint[..colon].ToString(), port);
        return true;
    }

    private string Format()
    {
        if (string.IsNullOrEmpty(Host))
            return $"{Protocol}://{System}";
        return Port is { } port
            ? string.Create(CultureInfo.InvariantCulture, $"{Protocol}://{System}@{Host}:{port}")
            : $"{Protocol}://{System}@{Host}";
    }
}
