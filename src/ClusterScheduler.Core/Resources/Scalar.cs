using System.Globalization;

namespace ClusterScheduler.Core.Resources;

/// <summary>
/// An amount of a scalar resource: fixed point with three decimals, as Mesos stores and compares scalars.
/// The unit follows from the resource (cpus: cores, mem and disk: MiB).
/// </summary>
/// <param name="Thousandths">The amount times one thousand; never negative in a valid set of resources.</param>
public readonly record struct Scalar(long Thousandths) : IComparable<Scalar>
{
    /// <summary>One unit in thousandths.</summary>
    public const long One = 1000;

    private const long MaxUnits = 1_000_000_000_000;

    /// <summary>Nothing.</summary>
    public static Scalar Zero => default;

    /// <summary>
    /// Largest single amount: 10^12 units (1 EB of mem in MB), the bound of Mesos' quota validation.
    /// </summary>
    public static Scalar Max => new(MaxUnits * One);

    /// <summary>Whether the amount is nothing.</summary>
    public bool IsZero => Thousandths == 0;

    /// <summary>
    /// Rounds to three decimals, half away from zero; refuses NaN, infinities, negatives and overflow.
    /// </summary>
    public static bool TryCreate(double units, out Scalar scalar, out ScalarRefusal refusal)
    {
        refusal = units switch
        {
            double.NaN => ScalarRefusal.NotANumber,
            _ when double.IsInfinity(units) => ScalarRefusal.Infinite,
            < 0 => ScalarRefusal.Negative,
            > MaxUnits => ScalarRefusal.TooLarge,
            _ => ScalarRefusal.None,
        };
        scalar = refusal == ScalarRefusal.None
            ? new Scalar((long)Math.Round(units * One, MidpointRounding.AwayFromZero))
            : default;
        return refusal == ScalarRefusal.None;
    }

    /// <summary>Rounds to three decimals, half away from zero; refuses negatives and overflow.</summary>
    public static bool TryCreate(decimal units, out Scalar scalar, out ScalarRefusal refusal)
    {
        refusal = units switch
        {
            < 0 => ScalarRefusal.Negative,
            > MaxUnits => ScalarRefusal.TooLarge,
            _ => ScalarRefusal.None,
        };
        scalar = refusal == ScalarRefusal.None
            ? new Scalar((long)Math.Round(units * One, MidpointRounding.AwayFromZero))
            : default;
        return refusal == ScalarRefusal.None;
    }

    /// <summary>
    /// The same, and an amount above zero that three decimals cannot say is refused too: nobody who writes it means
    /// nothing.
    /// </summary>
    public static bool TryCreateAsMeant(decimal units, out Scalar scalar, out ScalarRefusal refusal)
    {
        if (TryCreate(units, out scalar, out refusal) && scalar.IsZero && units > 0)
        {
            refusal = ScalarRefusal.TooSmall;
        }

        return refusal == ScalarRefusal.None;
    }

    /// <summary>Reads a decimal number such as <c>0.5</c> or <c>1e3</c>, independent of culture.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Scalar scalar, out ScalarRefusal refusal)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var units))
        {
            return TryCreate(units, out scalar, out refusal);
        }

        scalar = default;
        refusal = ScalarRefusal.NotANumber;
        return false;
    }

    /// <summary>
    /// The same, and an amount above zero that three decimals cannot say is refused too: nobody who writes it means
    /// nothing.
    /// </summary>
    public static bool TryParseAsMeant(ReadOnlySpan<char> text, out Scalar scalar, out ScalarRefusal refusal)
    {
        if (TryParse(text, out scalar, out refusal) && scalar.IsZero
            && double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) > 0)
        {
            refusal = ScalarRefusal.TooSmall;
        }

        return refusal == ScalarRefusal.None;
    }

    /// <summary>An amount known to be valid, such as a constant.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The number is refused by <see cref="TryCreate(double, out Scalar, out ScalarRefusal)"/>.
    /// </exception>
    public static Scalar Of(double units) =>
        TryCreate(units, out var scalar, out var refusal)
            ? scalar
            : throw new ArgumentOutOfRangeException(nameof(units), units, refusal.ToString());

    /// <summary>The amount in units, for display and for APIs that carry doubles.</summary>
    public double ToDouble() => Thousandths / (double)One;

    /// <summary>The amount in units, exact.</summary>
    public decimal ToDecimal() => Thousandths / (decimal)One;

    /// <summary>The sum; an overflow is a bug of the caller and throws.</summary>
    public static Scalar operator +(Scalar left, Scalar right) => new(checked(left.Thousandths + right.Thousandths));

    /// <summary>The difference; may be negative in intermediate results.</summary>
    public static Scalar operator -(Scalar left, Scalar right) => new(checked(left.Thousandths - right.Thousandths));

    /// <summary>Order by amount.</summary>
    public static bool operator <(Scalar left, Scalar right) => left.Thousandths < right.Thousandths;

    /// <summary>Order by amount.</summary>
    public static bool operator >(Scalar left, Scalar right) => left.Thousandths > right.Thousandths;

    /// <summary>Order by amount.</summary>
    public static bool operator <=(Scalar left, Scalar right) => left.Thousandths <= right.Thousandths;

    /// <summary>Order by amount.</summary>
    public static bool operator >=(Scalar left, Scalar right) => left.Thousandths >= right.Thousandths;

    /// <summary>The smaller of two amounts.</summary>
    public static Scalar Min(Scalar left, Scalar right) => left <= right ? left : right;


    /// <inheritdoc/>
    public int CompareTo(Scalar other) => Thousandths.CompareTo(other.Thousandths);

    /// <summary>Shortest decimal text, as Mesos prints it: <c>8</c>, <c>0.5</c>, <c>2.125</c>.</summary>
    public override string ToString() => ToDecimal().ToString("0.###", CultureInfo.InvariantCulture);
}
