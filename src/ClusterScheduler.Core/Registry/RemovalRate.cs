using System.Globalization;

namespace ClusterScheduler.Core.Registry;

/// <summary>
/// At most so many agents are declared unreachable in a span of time (Mesos: --agent_removal_rate_limit, as in
/// 1/10mins).
/// </summary>
/// <param name="Agents">At least 1.</param>
/// <param name="Per">More than zero.</param>
public readonly record struct RemovalRate(int Agents, TimeSpan Per)
{
    private static readonly (string Suffix, TimeSpan Unit)[] Units =
    [
        ("secs", TimeSpan.FromSeconds(1)), ("mins", TimeSpan.FromMinutes(1)), ("hrs", TimeSpan.FromHours(1)),
        ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1)),
        ("d", TimeSpan.FromDays(1)),
    ];

    /// <summary>The least time between two removals.</summary>
    public TimeSpan Spacing => Per / Agents;

    /// <summary>Reads "agents/duration": 1/10m, 100/1h, and Mesos' own 1/10mins.</summary>
    public static bool TryParse(string text, out RemovalRate rate)
    {
        ArgumentNullException.ThrowIfNull(text);
        rate = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash < 1 || !int.TryParse(text.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture,
                out var agents) || agents < 1)
        {
            return false;
        }

        var span = text[(slash + 1)..];
        foreach (var (suffix, unit) in Units)
        {
            if (span.EndsWith(suffix, StringComparison.Ordinal)
                && int.TryParse(span.AsSpan(0, span.Length - suffix.Length), NumberStyles.None,
                    CultureInfo.InvariantCulture, out var count)
                && count > 0)
            {
                rate = new RemovalRate(agents, unit * count);
                return true;
            }
        }

        return false;
    }
}
