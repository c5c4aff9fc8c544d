using System.Globalization;

namespace Akka.Configuration.Hocon;

/// <summary>Durations: a number and a unit (<c>10s</c>, <c>1.5 hours</c>); without a unit, milliseconds.</summary>
internal static class HoconDuration
{
    public const string Expected = "a duration such as 500ms, 10s, 5m, 2h or 1d";

    private static readonly Dictionary<string, double> TicksPerUnit = Units();

    public static bool TryParse(string? text, bool allowInfinite, out TimeSpan duration)
    {
        duration = default;
        text = text?.Trim();
        if (string.IsNullOrEmpty(text))
        {
            return false;
        }

        if (text.Equals("infinite", StringComparison.OrdinalIgnoreCase))
        {
            duration = Timeout.InfiniteTimeSpan;
            return allowInfinite;
        }

        var split = text.Length;
        while (split > 0 && char.IsAsciiLetter(text[split - 1]))
        {
            split--;
        }

        var number = text.AsSpan(0, split).TrimEnd();
        var unit = split == text.Length ? "ms" : text[split..];
        if (!double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            || !TicksPerUnit.TryGetValue(unit, out var ticksPerUnit))
        {
            return false;
        }

        var ticks = Math.Round(amount * ticksPerUnit);
        if (!(ticks < long.MaxValue))
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)ticks);
        return true;
    }

    private static Dictionary<string, double> Units()
    {
        var units = new Dictionary<string, double>(StringComparer.Ordinal);
        Add(TimeSpan.TicksPerMillisecond / 1e6, "ns", "nano", "nanos", "nanosecond", "nanoseconds");
        Add(TimeSpan.TicksPerMillisecond / 1e3, "us", "micro", "micros", "microsecond", "microseconds");
        Add(TimeSpan.TicksPerMillisecond, "ms", "milli", "millis", "millisecond", "milliseconds");
        Add(TimeSpan.TicksPerSecond, "s", "second", "seconds");
        Add(TimeSpan.TicksPerMinute, "m", "minute", "minutes");
        Add(TimeSpan.TicksPerHour, "h", "hour", "hours");
        Add(TimeSpan.TicksPerDay, "d", "day", "days");
        return units;

        void Add(double ticks, params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                units.Add(name, ticks);
            }
        }
    }
}
