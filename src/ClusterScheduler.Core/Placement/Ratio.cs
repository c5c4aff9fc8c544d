using System.Globalization;
using System.Numerics;

namespace ClusterScheduler.Core.Placement;

/// <summary>An exact fraction, so that equal sums are equal.</summary>
public readonly struct Ratio : IComparable<Ratio>, IEquatable<Ratio>
{
    private readonly BigInteger _denominatorLessOne;

    /// <summary>Makes a reduced fraction.</summary>
    /// <param name="numerator">Any.</param>
    /// <param name="denominator">Above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The denominator is not above 0.</exception>
    public Ratio(BigInteger numerator, BigInteger denominator)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(denominator, BigInteger.Zero);
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        Numerator = numerator / divisor;
        _denominatorLessOne = (denominator / divisor) - 1;
    }

    /// <summary>Nothing.</summary>
    public static Ratio Zero => default;

    /// <summary>Above the line.</summary>
    public BigInteger Numerator { get; }

    /// <summary>Below the line; above 0.</summary>
    public BigInteger Denominator => _denominatorLessOne + 1;

    /// <summary>The sum.</summary>
    public static Ratio operator +(Ratio left, Ratio right) => new(
        (left.Numerator * right.Denominator) + (right.Numerator * left.Denominator),
        left.Denominator * right.Denominator);

    /// <summary>Exact equality.</summary>
    public static bool operator ==(Ratio left, Ratio right) => left.Equals(right);

    /// <summary>Exact inequality.</summary>
    public static bool operator !=(Ratio left, Ratio right) => !left.Equals(right);

    /// <summary>Exact order.</summary>
    public int CompareTo(Ratio other) =>
        (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <inheritdoc/>
    public bool Equals(Ratio other) => Numerator == other.Numerator && Denominator == other.Denominator;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Ratio other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Numerator, _denominatorLessOne);

    /// <summary>A decimal number with at most four decimals, rounded.</summary>
    public override string ToString()
    {
        const int Scale = 10_000;
        var scaled = BigInteger.DivRem((Numerator * Scale * 2) + Denominator, Denominator * 2).Quotient;
        return ((decimal)scaled / Scale).ToString("0.####", CultureInfo.InvariantCulture);
    }
}
