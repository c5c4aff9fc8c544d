using System.Buffers;

namespace ClusterScheduler.Core.Resources;

/// <summary>
/// An immutable set of whole numbers kept as sorted ranges that neither touch nor overlap; ports, above all.
/// Operations cost time in the number of ranges, not of numbers, and return an operand when it is the answer.
/// </summary>
public sealed class RangeSet : IEquatable<RangeSet>
{
    /// <summary>Most ranges that <see cref="TryCreate"/> accepts; a bound of this product.</summary>
    public const int RangesMax = 65_536;

    private readonly ValueRange[] ranges;

    private RangeSet(ValueRange[] ranges) => this.ranges = ranges;

    /// <summary>No numbers.</summary>
    public static RangeSet Empty { get; } = new([]);

    /// <summary>Whether the set has no numbers.</summary>
    public bool IsEmpty => ranges.Length == 0;

    /// <summary>The ranges in ascending order.</summary>
    public IReadOnlyList<ValueRange> Ranges => ranges;

    /// <summary>How many numbers the set has.</summary>
    public long Count
    {
        get
        {
            long count = 0;
            foreach (var range in ranges)
            {
                count += range.Count;
            }

            return count;
        }
    }

    /// <summary>
    /// Builds a set from ranges in any order; refuses negative or inverted ranges and more than
    /// <see cref="RangesMax"/>.
    /// </summary>
    public static bool TryCreate(IEnumerable<ValueRange> ranges, out RangeSet set)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        var sorted = ranges.ToArray();
        set = Empty;
        if (sorted.Length > RangesMax || !Array.TrueForAll(sorted, IsValid))
        {
            return false;
        }

        Array.Sort(sorted, (left, right) => left.Begin.CompareTo(right.Begin));
        set = Coalesced(sorted);
        return true;
    }

    /// <summary>The set of one range known to be valid.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range is negative or inverted.</exception>
    public static RangeSet Of(long begin, long end) =>
        TryCreate([new ValueRange(begin, end)], out var set)
            ? set
            : throw new ArgumentOutOfRangeException(nameof(begin), $"{begin}-{end} is no range.");

    /// <summary>Whether the number is in the set.</summary>
    public bool Contains(long number)
    {
        int low = 0, high = ranges.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            if (number < ranges[middle].Begin)
            {
                high = middle - 1;
            }
            else if (number > ranges[middle].End)
            {
                low = middle + 1;
            }
            else
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether every number of <paramref name="other"/> is in this set.</summary>
    public bool Contains(RangeSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (ReferenceEquals(this, other))
        {
            return true;
        }

        var at = 0;
        foreach (var range in other.ranges)
        {
            while (at < ranges.Length && ranges[at].End < range.Begin)
            {
                at++;
            }

            if (at == ranges.Length || ranges[at].Begin > range.Begin || ranges[at].End < range.End)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Numbers in either set.</summary>
    public RangeSet Union(RangeSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.IsEmpty || ReferenceEquals(this, other))
        {
            return this;
        }

        if (IsEmpty)
        {
            return other;
        }

        var merged = new ValueRange[ranges.Length + other.ranges.Length];
        int left = 0, right = 0;
        for (var to = 0; to < merged.Length; to++)
        {
            var takeLeft = right == other.ranges.Length
                || (left < ranges.Length && ranges[left].Begin <= other.ranges[right].Begin);
            merged[to] = takeLeft ? ranges[left++] : other.ranges[right++];
        }

        return Coalesced(merged);
    }

    /// <summary>Numbers of this set that are not in <paramref name="other"/>.</summary>
    public RangeSet Subtract(RangeSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.IsEmpty || IsEmpty)
        {
            return this;
        }

        var kept = new RangeBuffer(ranges.Length + other.ranges.Length);
        var at = 0;
        foreach (var range in ranges)
        {
            var begin = range.Begin;
            while (at < other.ranges.Length && other.ranges[at].End < begin)
            {
                at++;
            }

            for (var hole = at; hole < other.ranges.Length && other.ranges[hole].Begin <= range.End; hole++)
            {
                if (other.ranges[hole].Begin > begin)
                {
                    kept.Add(new ValueRange(begin, other.ranges[hole].Begin - 1));
                }

                begin = other.ranges[hole].End + 1;
            }

            if (begin <= range.End)
            {
                kept.Add(new ValueRange(begin, range.End));
            }
        }

        return kept.ToSet();
    }

    /// <summary>Numbers in both sets.</summary>
    public RangeSet Intersect(RangeSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (ReferenceEquals(this, other))
        {
            return this;
        }

        var common = new RangeBuffer(ranges.Length + other.ranges.Length);
        int left = 0, right = 0;
        while (left < ranges.Length && right < other.ranges.Length)
        {
            var begin = Math.Max(ranges[left].Begin, other.ranges[right].Begin);
            var end = Math.Min(ranges[left].End, other.ranges[right].End);
            if (begin <= end)
            {
                common.Add(new ValueRange(begin, end));
            }

            if (ranges[left].End < other.ranges[right].End)
            {
                left++;
            }
            else
            {
                right++;
            }
        }

        return common.ToSet();
    }

    /// <summary>The lowest <paramref name="count"/> numbers as a set; all of it when the set has fewer.</summary>
    public RangeSet TakeFirst(long count)
    {
        var taken = new RangeBuffer(ranges.Length);
        foreach (var range in ranges)
        {
            if (count <= 0)
            {
                break;
            }

            taken.Add(range.Count <= count ? range : new ValueRange(range.Begin, range.Begin + count - 1));
            count -= range.Count;
        }

        return taken.ToSet();
    }

    /// <summary>Every number in ascending order.</summary>
    public IEnumerable<long> Numbers()
    {
        foreach (var range in ranges)
        {
            for (var number = range.Begin; number <= range.End; number++)
            {
                yield return number;
            }
        }
    }

    /// <inheritdoc/>
    public bool Equals(RangeSet? other) =>
        ReferenceEquals(this, other) || (other is not null && ranges.AsSpan().SequenceEqual(other.ranges));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RangeSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var range in ranges)
        {
            hash.Add(range);
        }

        return hash.ToHashCode();
    }

    /// <summary>Mesos' text form: <c>[31000-31005,31010-32000]</c>.</summary>
    public override string ToString() => $"[{string.Join(',', ranges)}]";

    // The last number has a successor, so that ends can be compared without overflow.
    private static bool IsValid(ValueRange range) =>
        range.Begin >= 0 && range.Begin <= range.End && range.End < long.MaxValue;

    private static RangeSet Coalesced(ValueRange[] sorted)
    {
        var kept = 0;
        for (var at = 0; at < sorted.Length; at++)
        {
            if (kept > 0 && sorted[at].Begin <= sorted[kept - 1].End + 1)
            {
                var end = Math.Max(sorted[kept - 1].End, sorted[at].End);
                sorted[kept - 1] = sorted[kept - 1] with { End = end };
            }
            else
            {
                sorted[kept++] = sorted[at];
            }
        }

        return kept == 0 ? Empty : new RangeSet(kept == sorted.Length ? sorted : sorted[..kept]);
    }

    /// <summary>Collects the ranges of a result in borrowed memory, so that only the result itself is allocated.
    /// </summary>
    private ref struct RangeBuffer(int most)
    {
        private readonly ValueRange[] ranges = ArrayPool<ValueRange>.Shared.Rent(most);
        private int count;

        public void Add(ValueRange range) => ranges[count++] = range;

        /// <summary>The set; nothing is added afterwards.</summary>
        public readonly RangeSet ToSet()
        {
            var set = count == 0 ? Empty : new RangeSet(ranges[..count]);
            ArrayPool<ValueRange>.Shared.Return(ranges);
            return set;
        }
    }
}
