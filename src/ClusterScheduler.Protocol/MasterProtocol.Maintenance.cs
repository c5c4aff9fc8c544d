using ClusterScheduler.Core.Maintenance;

namespace ClusterScheduler.Protocol;

/// <content>Maintenance of machines, and the inverse offers that come of it.</content>
public static partial class MasterProtocol
{
    /// <summary>
    /// Plan maintenance: the schedule, whole; machines that are down must stay in it (Mesos:
    /// UPDATE_MAINTENANCE_SCHEDULE). Frameworks that use agents of these machines are asked to leave them. Answered
    /// with <see cref="MaintenanceUpdated"/> or <see cref="MaintenanceRefused"/>.
    /// </summary>
    /// <param name="Windows">All of them.</param>
    /// <param name="Version">Of the schedule that it is made from, refused when there is another now; none: whichever
    /// there is.</param>
    public sealed record UpdateMaintenanceSchedule(
        ImmutableArray<MaintenanceWindow> Windows, string? Version = null) : IWireMessage;

    /// <summary>
    /// Take scheduled machines down: their agents end all tasks and are not admitted (Mesos: START_MAINTENANCE).
    /// Answered as <see cref="UpdateMaintenanceSchedule"/> is.
    /// </summary>
    public sealed record StartMaintenance(ImmutableArray<string> Machines) : IWireMessage;

    /// <summary>
    /// Bring machines up, which ends their place in the schedule (Mesos: STOP_MAINTENANCE). Answered as
    /// <see cref="UpdateMaintenanceSchedule"/> is.
    /// </summary>
    public sealed record StopMaintenance(ImmutableArray<string> Machines) : IWireMessage;

    /// <summary>It is stored and in force.</summary>
    public sealed record MaintenanceUpdated : IWireMessage;

    /// <summary>Nothing was changed.</summary>
    public sealed record MaintenanceRefused(MaintenanceRefusal Refusal) : IWireMessage;

    /// <summary>How does maintenance stand? Answered with <see cref="MaintenanceStatus"/>.</summary>
    public sealed record GetMaintenanceStatus : IWireMessage;

    /// <summary>All machines of the schedule, by host name (Mesos: GET_MAINTENANCE_STATUS).</summary>
    /// <param name="Machines">The machines.</param>
    /// <param name="Version">Names the schedule by what it says.</param>
    public sealed record MaintenanceStatus(
        ImmutableArray<MachineStatus> Machines, string? Version = null) : IWireMessage;

    /// <summary>A machine in the schedule.</summary>
    /// <param name="IsDown">Down; else draining.</param>
    /// <param name="Agents">Agents on it that are known.</param>
    /// <param name="TaskCount">Tasks that hold resources there.</param>
    /// <param name="Answers">What frameworks said to inverse offers; lost when the master changes, then asked anew.
    /// </param>
    public sealed record MachineStatus(
        string Hostname,
        bool IsDown,
        Unavailability Window,
        ImmutableArray<AgentId> Agents,
        int TaskCount,
        ImmutableArray<InverseAnswer> Answers);

    /// <summary>
    /// A framework's answer to inverse offers. Answered with <see cref="FrameworkProtocol.InverseOffersEnded"/>.
    /// </summary>
    public sealed record AnswerInverseOffers(
        FrameworkId FrameworkId,
        MasterEpoch Epoch,
        ImmutableArray<OfferId> OfferIds,
        InverseVerdict Verdict,
        OfferFilters Filters) : IFrameworkMessage;

    /// <summary>Answers <see cref="FrameworkProtocol.InverseOffersMade"/>.</summary>
    public sealed record InverseOffersNoted(
        FrameworkId FrameworkId, MasterEpoch Epoch, ImmutableArray<OfferId> OfferIds) : IFrameworkMessage;
}
