using System.Runtime.Intrinsics;

namespace ClusterScheduler.Core.Resources;

/// <summary>
/// Amounts by number of the resource name, in thousandths; the allocator's way to add and compare. The first four
/// numbers (cpus, mem, disk, gpus) lie in one vector, custom names behind it; what is not listed is
/// <see cref="fill"/>. Immutable; allocates only where custom names are. May be negative in between.
/// </summary>
internal readonly struct Quantities
{
    /// <summary>Stands for "no limit"; far above every sum, far below overflow of a few of them.</summary>
    public const long Unlimited = 1L << 60;

    private readonly FourAmounts four;
    private readonly long[]? more;
    private readonly long fill;

    public Quantities(Vector256<long> main, long[]? more = null, long fill = 0)
    {
        four = main;
        this.more = more;
        this.fill = fill;
    }

    public static Quantities Zero => default;

    public static Quantities NoLimit { get; } = new(Vector256.Create(Unlimited), null, Unlimited);

    public Vector256<long> Main => four;

    /// <summary>Amounts of custom names; shorter than their number when the rest is the fill.</summary>
    public ReadOnlySpan<long> More => more;

    public bool IsZero => Main == Vector256<long>.Zero && (more is null || !more.AsSpan().ContainsAnyExcept(0L));

    public bool AnyPositive
    {
        get
        {
            if (Vector256.GreaterThanAny(Main, Vector256<long>.Zero))
            {
                return true;
            }

            return more is not null && Array.Exists(more, amount => amount > 0);
        }
    }

    public bool AnyNegative
    {
        get
        {
            if (Vector256.LessThanAny(Main, Vector256<long>.Zero))
            {
                return true;
            }

            return more is not null && Array.Exists(more, amount => amount < 0);
        }
    }

    public long this[int number] =>
        number < 4 ? Main.GetElement(number) : number - 4 < (more?.Length ?? 0) ? more![number - 4] : fill;

    public static Quantities operator +(in Quantities left, in Quantities right) =>
        left.more is null && right.more is null
            ? new(left.Main + right.Main, null, left.fill + right.fill)
            : Zip(left, right, left.Main + right.Main, left.fill + right.fill, static (a, b) => a + b);

    public static Quantities operator -(in Quantities left, in Quantities right) =>
        left.more is null && right.more is null
            ? new(left.Main - right.Main, null, left.fill - right.fill)
            : Zip(left, right, left.Main - right.Main, left.fill - right.fill, static (a, b) => a - b);

    public static Quantities Min(in Quantities left, in Quantities right)
    {
        var least = Vector256.Min(left.Main, right.Main);
        var leastFill = Math.Min(left.fill, right.fill);
        return left.more is null && right.more is null
            ? new(least, null, leastFill)
            : Zip(left, right, least, leastFill, Math.Min);
    }

    public Quantities ClampToZero()
    {
        var clamped = Vector256.Max(Main, Vector256<long>.Zero);
        return more is null
            ? new(clamped, null, Math.Max(fill, 0))
            : Zip(this, default, clamped, Math.Max(fill, 0), Math.Max);
    }

    /// <summary>Whether every amount is at least the other's.</summary>
    public bool Covers(in Quantities other)
    {
        if (!Vector256.LessThanOrEqualAll(other.Main, Main))
        {
            return false;
        }

        var last = 4 + Math.Max(more?.Length ?? 0, other.more?.Length ?? 0);
        for (var number = 4; number < last; number++)
        {
            if (this[number] < other[number])
            {
                return false;
            }
        }

        return true;
    }

    public bool SameAs(in Quantities other) => (this - other).IsZero;

    public Quantities With(int number, long amount)
    {
        if (number < 4)
        {
            return new(Main.WithElement(number, amount), more, fill);
        }

        var longer = new long[Math.Max(more?.Length ?? 0, number - 3)];
        for (var at = 0; at < longer.Length; at++)
        {
            longer[at] = at == number - 4 ? amount : this[at + 4];
        }

        return new(Main, longer, fill);
    }

    private static Quantities Zip(
        in Quantities left, in Quantities right, Vector256<long> main, long fill, Func<long, long, long> combine)
    {
        var combined = new long[Math.Max(left.more?.Length ?? 0, right.more?.Length ?? 0)];
        for (var at = 0; at < combined.Length; at++)
        {
            combined[at] = combine(left[at + 4], right[at + 4]);
        }

        return new(main, combined, fill);
    }
}
