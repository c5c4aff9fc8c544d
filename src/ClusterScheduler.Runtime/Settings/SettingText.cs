using System.Globalization;

namespace ClusterScheduler.Runtime.Settings;

/// <summary>Durations and sizes as <c>hocon/reference.conf</c> writes them.</summary>
internal static class SettingText
{
    private static readonly (TimeSpan Size, string Unit)[] Durations =
    [
        (TimeSpan.FromDays(1), "d"), (TimeSpan.FromHours(1), "h"), (TimeSpan.FromMinutes(1), "m"),
        (TimeSpan.FromSeconds(1), "s"), (TimeSpan.FromMilliseconds(1), "ms"),
    ];

    /// <summary>In the largest unit that gives a whole number.</summary>
    public static string Of(TimeSpan duration)
    {
        foreach (var (size, unit) in Durations)
        {
            if (duration != TimeSpan.Zero && duration.Ticks % size.Ticks == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{duration.Ticks / size.Ticks}{unit}");
            }
        }

        return "0s";
    }

    public static string OfBytes(long bytes)
    {
        foreach (var (power, unit) in new[] { (30, "GiB"), (20, "MiB"), (10, "KiB") })
        {
            if (bytes != 0 && bytes % (1L << power) == 0)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{bytes >> power}{unit}");
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{bytes}B");
    }
}
