namespace ClusterScheduler.Core.Resources;

/// <summary>One label: a key and perhaps a value, as in Mesos' <c>Label</c>.</summary>
/// <param name="Key">Not empty in a valid label.</param>
/// <param name="Value">Null where Mesos' optional value is not set.</param>
public readonly record struct Label(string Key, string? Value);

/// <summary>An immutable list of labels in canonical order; two lists with the same labels are equal.</summary>
public sealed class LabelSet : IEquatable<LabelSet>
{
    private readonly Label[] labels;

    private LabelSet(Label[] sorted) => labels = sorted;

    /// <summary>No labels.</summary>
    public static LabelSet Empty { get; } = new([]);

    /// <summary>The labels by key, then value.</summary>
    public IReadOnlyList<Label> Labels => labels;

    /// <summary>Whether there are no labels.</summary>
    public bool IsEmpty => labels.Length == 0;

    /// <summary>Builds a list; the order given does not matter, doubles stay as Mesos keeps them.</summary>
    public static LabelSet Of(params IEnumerable<Label> labels)
    {
        var sorted = labels.ToArray();
        Array.Sort(sorted, Compare);
        return sorted.Length == 0 ? Empty : new LabelSet(sorted);
    }

    /// <inheritdoc/>
    public bool Equals(LabelSet? other) =>
        ReferenceEquals(this, other) || (other is not null && labels.AsSpan().SequenceEqual(other.labels));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LabelSet);

    /// <inheritdoc/>
    public override int GetHashCode() => labels.Length == 0 ? 0 : HashCode.Combine(labels.Length, labels[0]);

    private static int Compare(Label left, Label right)
    {
        var byKey = string.CompareOrdinal(left.Key, right.Key);
        return byKey != 0 ? byKey : string.CompareOrdinal(left.Value, right.Value);
    }
}
