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

/// <summary>Says a refused layer of reservation in words.</summary>
public static class ReservationRefusals
{
    /// <summary>The rule that is broken.</summary>
    public static string InWords(this ReservationRefusal refusal) => refusal switch
    {
        ReservationRefusal.ToEveryone => "nothing can be reserved to *",
        ReservationRefusal.NotADescendant =>
            "what is reserved can be reserved further only to a role below that one, such as eng/web below eng",
        ReservationRefusal.StaticAboveOther => "a static reservation can only be the first",
        ReservationRefusal.NotReserved => "it is not reserved",
        ReservationRefusal.StaticCannotBeUndone => "only the agent's own configuration can undo a static reservation",
        _ => throw new InvalidOperationException($"no words for {refusal}"),
    };
}
