using System.Text.Json.Serialization;
using ClusterScheduler.Core.Maintenance;

namespace ClusterScheduler.Gateway.Views;

/// <summary>The schedule of maintenance, whole: what a GET shows and a PUT says.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MaintenanceScheduleView
{
    public required ImmutableArray<MaintenanceWindowView> Windows { get; init; }

    /// <summary>
    /// Names the schedule by what it says. A PUT that says it is refused (409) when there is another schedule by then;
    /// one that does not replaces whichever there is.
    /// </summary>
    public string? Version { get; init; }

    public static MaintenanceScheduleView Of(MasterProtocol.MaintenanceStatus status) => new()
    {
        Windows =
        [
            .. status.Machines.GroupBy(static machine => machine.Window).OrderBy(static window => window.Key.Start)
                .Select(static window => new MaintenanceWindowView
                {
                    Machines = [.. window.Select(static machine => machine.Hostname)],
                    Start = window.Key.Start,
                    DurationSeconds = window.Key.Duration?.TotalSeconds,
                }),
        ],
        Version = status.Version,
    };
}

/// <summary>Machines that are planned to be away in one time.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MaintenanceWindowView
{
    private const double SecondsMax = 1e9;

    /// <summary>Host names.</summary>
    public required ImmutableArray<string> Machines { get; init; }

    public required DateTimeOffset Start { get; init; }

    /// <summary>None: without end.</summary>
    public double? DurationSeconds { get; init; }

    /// <exception cref="ProblemException">It is none, or the duration is no number of seconds that can be.</exception>
    internal static MaintenanceWindow Read(MaintenanceWindowView? window) => window switch
    {
        null => throw new ProblemException(400, "bad-body", "'windows' has a null; each must be an object"),
        { DurationSeconds: { } seconds } when !(Math.Abs(seconds) <= SecondsMax) =>
            throw new ProblemException(422, "maintenance-duration", $"{seconds} seconds are more than {SecondsMax}"),
        _ => new MaintenanceWindow(MachinesBody.Read(window.Machines), window.Start,
            window.DurationSeconds is { } length ? TimeSpan.FromSeconds(length) : null),
    };
}

/// <summary>Which machines are to be taken down or brought up.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record MachinesBody
{
    public required ImmutableArray<string> Machines { get; init; }

    /// <exception cref="ProblemException">One of them is null.</exception>
    internal static ImmutableArray<string> Read(ImmutableArray<string> machines) => machines.IsDefault ? []
        : machines.Any(static machine => machine is null)
            ? throw new ProblemException(400, "bad-body", "'machines' has a null; each must be a host name")
        : machines;
}
