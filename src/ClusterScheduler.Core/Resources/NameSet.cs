namespace ClusterScheduler.Core.Resources;

/// <summary>
/// An immutable set of texts, sorted by bytes: the value of a set resource such as <c>zones:{a,b}</c>.
/// </summary>
public sealed class NameSet : IEquatable<NameSet>
{
    private readonly string[] names;

    private NameSet(string[] sorted) => names = sorted;

    /// <summary>No names.</summary>
    public static NameSet Empty { get; } = new([]);

    /// <summary>Whether the set has no names.</summary>
    public bool IsEmpty => names.Length == 0;

    /// <summary>The names in ordinal order.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>Builds a set; doubles count once.</summary>
    public static NameSet Of(IEnumerable<string> names)
    {
        var sorted = names.Distinct(StringComparer.Ordinal).ToArray();
        Array.Sort(sorted, StringComparer.Ordinal);
        return sorted.Length == 0 ? Empty : new NameSet(sorted);
    }

    /// <summary>Whether every name of <paramref name="other"/> is in this set.</summary>
    public bool Contains(NameSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var name in ReferenceEquals(this, other) ? [] : other.names)
        {
            if (!Has(name))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Names in either set.</summary>
    public NameSet Union(NameSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.IsEmpty ? this : IsEmpty ? other : Of(names.Concat(other.names));
    }

    /// <summary>Names of this set that are not in <paramref name="other"/>.</summary>
    public NameSet Subtract(NameSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return other.IsEmpty ? this : Of(names.Where(name => !other.Has(name)));
    }

    /// <summary>Names in both sets.</summary>
    public NameSet Intersect(NameSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return ReferenceEquals(this, other) ? this : Of(names.Where(other.Has));
    }

    /// <inheritdoc/>
    public bool Equals(NameSet? other) =>
        ReferenceEquals(this, other) || (other is not null && names.AsSpan().SequenceEqual(other.names));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NameSet);

    /// <inheritdoc/>
    public override int GetHashCode() => names.Length == 0 ? 0 : HashCode.Combine(names.Length, names[0], names[^1]);

    /// <summary>Mesos' text form: <c>{a,b}</c>.</summary>
    public override string ToString() => $"{{{string.Join(',', names)}}}";

    private bool Has(string name) => Array.BinarySearch(names, name, StringComparer.Ordinal) >= 0;
}
