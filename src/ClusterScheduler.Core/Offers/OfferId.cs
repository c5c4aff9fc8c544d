namespace ClusterScheduler.Core.Offers;

/// <summary>Names one offer; used at most once, never again after the offer ended (Mesos: OfferID).</summary>
/// <param name="Value">Opaque, compared byte by byte, never empty in a valid message.</param>
public readonly record struct OfferId(string Value) : IComparable<OfferId>
{
    /// <summary>Ordinal order, so that every listing and every tie is decided the same way.</summary>
    public int CompareTo(OfferId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
