using System.Globalization;

namespace Akka.Util;

/// <summary>
/// Version of an application, as <c>1.2.3</c>, <c>1.2-RC1</c> or <c>1.2.3+build</c>: numbers are compared as numbers,
/// what follows '-' makes it older than the same without, what follows '+' newer.
/// </summary>
public class AppVersion : IComparable<AppVersion>, IEquatable<AppVersion>
{
    public static readonly AppVersion Zero = new("0.0.0");

    private readonly int[] _numbers;
    private readonly string _rest;

    private AppVersion(string version)
    {
        Version = version;
        var end = version.IndexOfAny(['-', '+']);
        _rest = end < 0 ? "" : version[end..];
        _numbers = [.. (end < 0 ? version : version[..end]).Split('.').Select(part => ParsePart(part, version))];
    }

    public string Version { get; }

    public static bool operator ==(AppVersion? left, AppVersion? right) =>
        left is null ? right is null : left.Equals(right);

    public static bool operator !=(AppVersion? left, AppVersion? right) => !(left == right);

    public static bool operator <(AppVersion left, AppVersion right) => left.CompareTo(right) < 0;

    public static bool operator <=(AppVersion left, AppVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >(AppVersion left, AppVersion right) => left.CompareTo(right) > 0;

    public static bool operator >=(AppVersion left, AppVersion right) => left.CompareTo(right) >= 0;

    public static AppVersion Create(string version)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        return new AppVersion(version.Trim());
    }

    public int CompareTo(AppVersion? other)
    {
        if (other is null)
            return 1;
        for (var i = 0; i < Math.Max(_numbers.Length, other._numbers.Length); i++)
        {
            var order = At(i).CompareTo(other.At(i));
            if (order != 0)
                return order;
        }

        var kinds = Rank(_rest).CompareTo(Rank(other._rest));
        return kinds != 0 ? kinds : string.CompareOrdinal(_rest, other._rest);
    }

    public bool Equals(AppVersion? other) => other is not null && other.Version == Version;

    public override bool Equals(object? obj) => Equals(obj as AppVersion);

    public override int GetHashCode() => Version.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Version;

    private static int Rank(string rest) => rest.Length == 0 ? 1 : rest[0] == '-' ? 0 : 2;

    private static int ParsePart(string part, string version) =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new ArgumentException($"'{version}' is not a version such as 1.2.3, 1.2-RC1 or 1.2.3+build.");

    private int At(int index) => index < _numbers.Length ? _numbers[index] : 0;
}
