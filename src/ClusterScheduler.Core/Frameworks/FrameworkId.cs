namespace ClusterScheduler.Core.Frameworks;

/// <summary>Names one framework across reconnections and failovers of its scheduler (Mesos: FrameworkID).</summary>
/// <param name="Value">Opaque, compared byte by byte, never empty in a valid message.</param>
public readonly record struct FrameworkId(string Value) : IComparable<FrameworkId>
{
    /// <summary>Ordinal order, so that every listing and every tie is decided the same way.</summary>
    public int CompareTo(FrameworkId other) => string.CompareOrdinal(Value, other.Value);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
