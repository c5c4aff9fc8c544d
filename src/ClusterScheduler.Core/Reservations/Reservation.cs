using ClusterScheduler.Core.Resources;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Reservations;

/// <summary>Who may undo a reservation (Mesos: <c>Resource.ReservationInfo.Type</c>).</summary>
public enum ReservationKind
{
    /// <summary>Set by the agent's configuration; lasts as long as that.</summary>
    Static,

    /// <summary>Made and undone by RESERVE and UNRESERVE of a framework or an operator.</summary>
    Dynamic,
}

/// <summary>
/// One layer of a reservation. Layers with the same kind, role, principal and labels merge; different ones stay
/// apart.
/// </summary>
/// <param name="Kind">Static or dynamic.</param>
/// <param name="Role">The role it is for; never <c>*</c> in a valid stack.</param>
/// <param name="Principal">Who made it; null when nobody is named.</param>
/// <param name="Labels">Free labels of who made it.</param>
public sealed record Reservation(ReservationKind Kind, RoleName Role, string? Principal, LabelSet Labels)
{
    /// <summary>A static reservation without principal or labels, as in <c>mem(ads):4096</c>.</summary>
    public static Reservation Static(RoleName role) => new(ReservationKind.Static, role, null, LabelSet.Empty);

    /// <summary>A dynamic reservation without labels.</summary>
    public static Reservation Dynamic(RoleName role, string? principal = null) =>
        new(ReservationKind.Dynamic, role, principal, LabelSet.Empty);
}
