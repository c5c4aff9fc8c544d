using System.Collections.Immutable;
using ClusterScheduler.Core.Agents;

namespace ClusterScheduler.Core.Maintenance;

/// <summary>Machines that are planned to be away in one time (Mesos: maintenance window).</summary>
/// <param name="Machines">Host names, as agents register them; at least one.</param>
/// <param name="Start">When it begins. Nothing happens by itself at that time.</param>
/// <param name="Duration">How long it lasts, more than zero; none: without end.</param>
public sealed record MaintenanceWindow(ImmutableArray<string> Machines, DateTimeOffset Start, TimeSpan? Duration)
{
    /// <summary>No window begins earlier.</summary>
    public static DateTimeOffset Earliest => DateTimeOffset.UnixEpoch;

    /// <summary>No window ends later: what is added to or taken from its times stays a date.</summary>
    public static DateTimeOffset Latest { get; } = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Whether it begins and ends between <see cref="Earliest"/> and <see cref="Latest"/>.</summary>
    public bool IsInRange =>
        Start >= Earliest && Start <= Latest && !(Duration is { } lasts && lasts > Latest - Start);
}

/// <summary>A machine in the schedule.</summary>
/// <param name="Window">When it is planned to be away.</param>
/// <param name="IsDown">Maintenance was started: its agents are not admitted (Mesos: DOWN, else DRAINING).</param>
public sealed record MachineMaintenance(Unavailability Window, bool IsDown);

/// <summary>Why nothing was changed.</summary>
public enum MaintenanceFault
{
    /// <summary>A host name is empty, longer than 255 characters, or has a control character.</summary>
    MachineName,

    /// <summary>A machine is named twice.</summary>
    DoubleMachine,

    /// <summary>A window, or a request, names no machine.</summary>
    NoMachine,

    /// <summary>A duration is not more than zero.</summary>
    Duration,

    /// <summary>A machine that is down is missing in the schedule; it has to be brought up first.</summary>
    DownMachineMissing,

    /// <summary>Maintenance of a machine that is not in the schedule cannot start.</summary>
    NotScheduled,

    /// <summary>The machine is not down, so that it cannot be brought up.</summary>
    NotDown,

    /// <summary>More machines than a schedule can have.</summary>
    TooManyMachines,

    /// <summary>A window begins before 1970 or ends after 9000.</summary>
    Time,

    /// <summary>The schedule is another than the one that the change was made from.</summary>
    Changed,
}

/// <summary>Why nothing was changed, and about which machine; empty where none is meant.</summary>
public sealed record MaintenanceRefusal(MaintenanceFault Fault, string Machine);
