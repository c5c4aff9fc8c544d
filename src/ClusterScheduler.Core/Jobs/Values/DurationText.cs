using System.Buffers;
using System.Globalization;
using System.Text;

namespace ClusterScheduler.Core.Jobs.Values;

/// <summary>Durations as job files write them: <c>30s</c>, <c>500ms</c>, <c>1h30m</c>; a unit is always
/// needed.</summary>
public static class DurationText
{
    /// <summary>What is accepted, for a schema; the same rule as <see cref="TryParse"/>.</summary>
    public const string Pattern = @"^([0-9]{1,12}(\.[0-9]{1,3})?(ms|s|m|h|d))+$";

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");

    private static readonly (string Unit, TimeSpan Size)[] Units =
    [
        ("d", TimeSpan.FromDays(1)), ("h", TimeSpan.FromHours(1)), ("m", TimeSpan.FromMinutes(1)),
        ("s", TimeSpan.FromSeconds(1)), ("ms", TimeSpan.FromMilliseconds(1)),
    ];

    /// <summary>Reads one or more numbers, each with its unit; false for any other form or more than 10,000
    /// days.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        var rest = text.AsSpan();
        var total = 0m;
        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExcept(NumberCharacters);
            if (digits <= 0 || !Decimals.TryParse(rest[..digits], out var number))
            {
                return false;
            }

            rest = rest[digits..];
            var letters = rest.IndexOfAny(NumberCharacters);
            var unit = letters < 0 ? rest : rest[..letters];
            if (SizeOf(unit) is not { } size)
            {
                return false;
            }

            total += number * size.Ticks;
            rest = rest[unit.Length..];
        }

        duration = total <= TimeSpan.FromDays(10_000).Ticks ? TimeSpan.FromTicks((long)total) : TimeSpan.Zero;
        return text.Length > 0 && total <= TimeSpan.FromDays(10_000).Ticks;
    }

    /// <summary>The largest units first, as in 1h30m; 0s for none.</summary>
    public static string Format(TimeSpan duration)
    {
        var text = new StringBuilder();
        foreach (var (unit, size) in Units)
        {
            if (duration.Ticks / size.Ticks is > 0 and var count)
            {
                text.Append(CultureInfo.InvariantCulture, $"{count}{unit}");
                duration -= size * count;
            }
        }

        return text.Length == 0 ? "0s" : text.ToString();
    }

    private static TimeSpan? SizeOf(ReadOnlySpan<char> unit)
    {
        foreach (var (name, size) in Units)
        {
            if (unit.SequenceEqual(name))
            {
                return size;
            }
        }

        return null;
    }
}
