using System.Globalization;

namespace ClusterScheduler.Core.Jobs.Values;

/// <summary>Numbers with at most three decimals, the precision of every scalar (Mesos).</summary>
public static class Decimals
{
    private const int WholeDigitsMax = 12;
    private const int FractionDigitsMax = 3;

    /// <summary>Reads digits with an optional fraction: no sign, no exponent, at most 12 digits before the point and
    /// 3 after it.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out decimal value)
    {
        value = 0;
        var point = text.IndexOf('.');
        var whole = point < 0 ? text.Length : point;
        var fraction = point < 0 ? 1 : text.Length - whole - 1;
        return whole is > 0 and <= WholeDigitsMax && fraction is > 0 and <= FractionDigitsMax
            && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Thousandths as a number without trailing zeros.</summary>
    public static string FromMilli(long milli) =>
        (milli / 1000m).ToString("0.###", CultureInfo.InvariantCulture);
}
