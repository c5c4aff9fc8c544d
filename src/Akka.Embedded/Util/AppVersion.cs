using System.Globalization;
using System.Reflection;

namespace Akka.Util;

/// <summary>
/// Version of an application: one to three numbers, as <c>1.2.3</c>; two or three may have something behind them, as
/// <c>1.2-RC1</c>, which makes it older than the same without. A number that comes first there and ends at '-' counts
/// as a fourth: <c>1.0.0+3-73475dce</c>, three commits after <c>1.0.0</c>. A single word that is no number is a version
/// too, and older than all that begin with one.
/// </summary>
public class AppVersion : IComparable<AppVersion>, IEquatable<AppVersion>
{
    public static readonly AppVersion Zero = new("0.0.0");

    /// <summary>In settings, in place of a version: the one of the program's own assembly.</summary>
    private const string AssemblyVersion = "assembly-version";

    private const int NumbersMax = 3;

    private readonly int[] _numbers = new int[NumbersMax + 1];
    private readonly string _rest;

    private AppVersion(string version)
    {
        Version = version;
        var parts = version.Split('.');
        if (parts.Length > NumbersMax || version.Length == 0)
            throw Unreadable(version);
        if (parts.Length == 1)
        {
            _rest = int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out _numbers[0])
                ? ""
                : version;
            return;
        }

        for (var i = 0; i < parts.Length - 1; i++)
            _numbers[i] = Number(parts[i], version);
        var last = parts[^1];
        var end = last.IndexOfAny(['-', '+']);
        _numbers[parts.Length - 1] = last.Length == 0 ? 0 : Number(end < 0 ? last : last[..end], version);
        (_numbers[parts.Length], _rest) = end < 0 ? (0, "") : Commits(last[(end + 1)..]);
    }

    public string Version { get; }

    public static bool operator ==(AppVersion? left, AppVersion? right) =>
        left is null ? right is null : left.Equals(right);

    public static bool operator !=(AppVersion? left, AppVersion? right) => !(left == right);

    public static bool operator <(AppVersion left, AppVersion right) => left.CompareTo(right) < 0;

    public static bool operator <=(AppVersion left, AppVersion right) => left.CompareTo(right) <= 0;

    public static bool operator >(AppVersion left, AppVersion right) => left.CompareTo(right) > 0;

    public static bool operator >=(AppVersion left, AppVersion right) => left.CompareTo(right) >= 0;

    /// <summary>
    /// Reads a version; <c>assembly-version</c> is the one of the assembly that the process was started with.
    /// </summary>
    public static AppVersion Create(string version)
    {
        ArgumentNullException.ThrowIfNull(version);
        return version.Equals(AssemblyVersion, StringComparison.OrdinalIgnoreCase)
            ? OfProgram()
            : new AppVersion(version);
    }

    public int CompareTo(AppVersion? other)
    {
        if (other is null)
            return 1;
        for (var i = 0; i < _numbers.Length; i++)
        {
            var order = _numbers[i].CompareTo(other._numbers[i]);
            if (order != 0)
                return order;
        }

        return _rest.Length == 0 || other._rest.Length == 0
            ? other._rest.Length.CompareTo(_rest.Length)
            : string.CompareOrdinal(_rest, other._rest);
    }

    public bool Equals(AppVersion? other) => other is not null && other.Version == Version;

    public override bool Equals(object? obj) => Equals(obj as AppVersion);

    public override int GetHashCode() => Version.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Version;

    private static AppVersion OfProgram()
    {
        var program = (Assembly.GetEntryAssembly() ?? Assembly.GetExecutingAssembly()).GetName().Version;
        return program is null ? Zero : new AppVersion(program.ToString(NumbersMax));
    }

    /// <summary>Of what comes after the numbers: how many commits, and the rest.</summary>
    private static (int Count, string After) Commits(string text)
    {
        var end = text.IndexOf('-', StringComparison.Ordinal);
        return end > 0 && int.TryParse(
            text.AsSpan(0, end), NumberStyles.None, CultureInfo.InvariantCulture, out var commits)
            ? (commits, text[(end + 1)..])
            : (0, text);
    }

    private static int Number(string part, string version) =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Unreadable(version);

    private static ArgumentOutOfRangeException Unreadable(string version) => new(
        nameof(version), $"'{version}' is no version such as 1.2.3, 1.2-RC1 or 1.2.3+4-build.");
}
