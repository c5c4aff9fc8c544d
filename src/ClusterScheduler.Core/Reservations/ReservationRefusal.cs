namespace ClusterScheduler.Core.Reservations;

/// <summary>
/// Why a layer cannot be put on, or taken off, a stack of reservations. Source: Mesos reservation
/// documentation.
/// </summary>
public enum ReservationRefusal
{
    /// <summary>It can.</summary>
    None,

    /// <summary>Nothing can be reserved to <c>*</c>.</summary>
    ToEveryone,

    /// <summary>A refinement must be for a descendant of the role that holds the reservation now.</summary>
    NotADescendant,

    /// <summary>A static reservation can only be the lowest layer.</summary>
    StaticAboveOther,

    /// <summary>There is no layer to take off.</summary>
    NotReserved,

    /// <summary>The top layer is static: only the agent's configuration can undo it.</summary>
    StaticCannotBeUndone,
}
