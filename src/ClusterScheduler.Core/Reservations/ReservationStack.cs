using ClusterScheduler.Core.Roles;

namespace ClusterScheduler.Core.Reservations;

/// <summary>
/// The layers of reservation on a resource, lowest first; the last one is effective. Empty means unreserved.
/// Every layer is for a descendant of the one below it (refinement). Immutable.
/// </summary>
public sealed class ReservationStack : IEquatable<ReservationStack>
{
    private readonly Reservation[] layers;

    private ReservationStack(Reservation[] layers) => this.layers = layers;

    /// <summary>No reservation.</summary>
    public static ReservationStack Empty { get; } = new([]);

    /// <summary>The layers, lowest first.</summary>
    public IReadOnlyList<Reservation> Layers => layers;

    /// <summary>Whether nobody reserved it.</summary>
    public bool IsEmpty => layers.Length == 0;

    /// <summary>Whether it has more than one layer; sent only to frameworks with RESERVATION_REFINEMENT.</summary>
    public bool IsRefined => layers.Length > 1;

    /// <summary>The layer that counts, or null when unreserved.</summary>
    public Reservation? Effective => layers.Length == 0 ? null : layers[^1];

    /// <summary>The role that holds it now; <c>*</c> when unreserved.</summary>
    public RoleName Role => layers.Length == 0 ? RoleName.Any : layers[^1].Role;

    /// <summary>Puts a layer on top.</summary>
    public bool TryPush(Reservation layer, out ReservationStack stack, out ReservationRefusal refusal)
    {
        ArgumentNullException.ThrowIfNull(layer);
        refusal = layer.Role.IsAny ? ReservationRefusal.ToEveryone
            : layers.Length == 0 ? ReservationRefusal.None
            : layer.Kind == ReservationKind.Static ? ReservationRefusal.StaticAboveOther
            : layer.Role == Role || !layer.Role.IsWithin(Role) ? ReservationRefusal.NotADescendant
            : ReservationRefusal.None;
        stack = refusal == ReservationRefusal.None ? new ReservationStack([.. layers, layer]) : this;
        return refusal == ReservationRefusal.None;
    }

    /// <summary>Takes the top layer off, as UNRESERVE does.</summary>
    public bool TryPop(out ReservationStack stack, out ReservationRefusal refusal)
    {
        refusal = layers.Length == 0 ? ReservationRefusal.NotReserved
            : layers[^1].Kind == ReservationKind.Static ? ReservationRefusal.StaticCannotBeUndone
            : ReservationRefusal.None;
        stack = refusal != ReservationRefusal.None ? this
            : layers.Length == 1 ? Empty
            : new ReservationStack(layers[..^1]);
        return refusal == ReservationRefusal.None;
    }

    /// <summary>
    /// Whether frameworks of the role may be offered it: unreserved, or reserved to the role or above it.
    /// </summary>
    public bool IsOfferableTo(RoleName role) => layers.Length == 0 || role.IsWithin(Role);

    /// <inheritdoc/>
    public bool Equals(ReservationStack? other) =>
        ReferenceEquals(this, other) || (other is not null && layers.AsSpan().SequenceEqual(other.layers));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ReservationStack);

    /// <inheritdoc/>
    public override int GetHashCode() => layers.Length == 0 ? 0 : HashCode.Combine(layers.Length, layers[^1]);
}
