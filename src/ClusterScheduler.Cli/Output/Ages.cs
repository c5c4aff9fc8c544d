using System.Globalization;

namespace ClusterScheduler.Cli.Output;

/// <summary>How long ago something was, in one unit.</summary>
internal static class Ages
{
    public static string Of(DateTimeOffset? at, DateTimeOffset now) =>
        at is { } since ? Of(now - since) : "-";

    public static string Of(TimeSpan age) => age switch
    {
        { TotalSeconds: < 0 } => "0s",
        { TotalSeconds: < 60 } => Text(age.TotalSeconds, "s"),
        { TotalMinutes: < 60 } => Text(age.TotalMinutes, "m"),
        { TotalHours: < 48 } => Text(age.TotalHours, "h"),
        _ => Text(age.TotalDays, "d"),
    };

    private static string Text(double number, string unit) =>
        Math.Floor(number).ToString("0", CultureInfo.InvariantCulture) + unit;
}
