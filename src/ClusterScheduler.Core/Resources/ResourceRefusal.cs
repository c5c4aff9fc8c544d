using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Resources;

/// <summary>Why a text or a JSON value is not a set of resources.</summary>
public enum ResourceFault
{
    /// <summary>
    /// There is no text, or it is longer than <see cref="ResourceText.CharactersMax"/>, or has more than
    /// <see cref="ResourceText.ItemsMax"/> items.
    /// </summary>
    Size,

    /// <summary>An item is not <c>name:value</c>, <c>name(role):value</c> and so on.</summary>
    Shape,

    /// <summary>The name is empty, too long, or has a character of the text form.</summary>
    Name,

    /// <summary>An amount, or a sum of them, is refused; see <see cref="ResourceRefusal.Scalar"/>.</summary>
    Amount,

    /// <summary>A known name has a value of another type, such as <c>cpus:[1-2]</c> or <c>ports:3</c>.</summary>
    Kind,

    /// <summary>A range is not <c>first-last</c> with 0 ≤ first ≤ last, or there are too many.</summary>
    Range,

    /// <summary>gpus must be whole numbers.</summary>
    FractionalGpus,

    /// <summary>The role breaks a rule; see <see cref="ResourceRefusal.Role"/>.</summary>
    RoleName,

    /// <summary>
    /// The layers of reservation do not refine one another; see <see cref="ResourceRefusal.Reservation"/>.
    /// </summary>
    ReservationLayer,

    /// <summary>
    /// Disk details on something other than disk, an unknown detail, or a volume on unreserved disk.
    /// </summary>
    DiskDetail,

    /// <summary>Only persistent volumes can be shared.</summary>
    SharedNoVolume,

    /// <summary>
    /// A member of the JSON form has a wrong type, or says what is not supported; see
    /// <see cref="ResourceRefusal.Path"/> and <see cref="ResourceRefusal.Right"/>.
    /// </summary>
    Member,
}

/// <summary>A refused set of resources: which item, and why.</summary>
/// <param name="Fault">The rule that is broken.</param>
/// <param name="Item">The item as it was written.</param>
/// <param name="Scalar">More on a refused amount.</param>
/// <param name="Role">More on a refused role name.</param>
/// <param name="Reservation">More on a refused layer.</param>
/// <param name="Path">The refused member of the JSON form, such as <c>reservations[0].type</c>.</param>
/// <param name="Right">What that member must be.</param>
public sealed record ResourceRefusal(
    ResourceFault Fault,
    string Item,
    ScalarRefusal Scalar = ScalarRefusal.None,
    RoleNameRefusal Role = RoleNameRefusal.None,
    ReservationRefusal Reservation = ReservationRefusal.None,
    string Path = "",
    string Right = "")
{
    /// <summary>One line for a person: what is wrong, and what would be right.</summary>
    public override string ToString() => $"resource '{Item}': " + Fault switch
    {
        ResourceFault.Size =>
            $"expected at most {ResourceText.CharactersMax} characters and {ResourceText.ItemsMax} items",
        ResourceFault.Shape => "expected name:value, such as cpus:8, mem(ads):4096, cpus(+eng):2, ports:[1-2] or "
            + "zones:{a,b}; in names of roles and the like ()[]{}<>,;:@=+ are written as %28 and so on",
        ResourceFault.Name => "the name must not be empty nor have spaces or any of ()[]{}<>,;:@=+%",
        ResourceFault.Amount => $"the amount is refused: {Scalar.InWords()}",
        ResourceFault.Kind => "cpus, mem, disk and gpus are numbers, ports are ranges",
        ResourceFault.Range => "expected [first-last,first-last] with 0 <= first <= last",
        ResourceFault.FractionalGpus => "gpus must be a whole number",
        ResourceFault.RoleName => $"the role name is refused: {Role.InWords()}",
        ResourceFault.ReservationLayer => $"the reservation is refused: {Reservation.InWords()}",
        ResourceFault.DiskDetail => "only disk has details, and a volume needs an id, a path and reserved disk",
        ResourceFault.Member => $"{Path} must be {Right}",
        _ => "only a persistent volume can be shared",
    };
}
