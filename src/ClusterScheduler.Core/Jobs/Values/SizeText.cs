using System.Globalization;

namespace ClusterScheduler.Core.Jobs.Values;

/// <summary>Sizes as job files write them: <c>256MiB</c>, <c>1.5GiB</c>; a bare number is MiB.</summary>
public static class SizeText
{
    /// <summary>What is accepted, for a schema; the same rule as <see cref="TryParse"/>.</summary>
    public const string Pattern = @"^[0-9]{1,12}(\.[0-9]{1,3})? ?(MiB|GiB|TiB)?$";

    /// <summary>Thousandths of a MiB; false when the text has another form or is too large for
    /// any machine.</summary>
    public static bool TryParse(string text, out long milliMiB)
    {
        milliMiB = 0;
        var digits = text.AsSpan().TrimEnd("MGTiB");
        var unit = text.AsSpan(digits.Length);
        digits = digits.EndsWith(" ") && unit.Length > 0 ? digits[..^1] : digits;
        if (!Decimals.TryParse(digits, out var number) || Factor(unit) is not { } factor)
        {
            return false;
        }

        var exact = number * factor * 1000m;
        milliMiB = exact <= long.MaxValue ? (long)exact : 0;
        return exact <= long.MaxValue;
    }

    /// <summary>The shortest form in MiB or GiB.</summary>
    public static string Format(long milliMiB) => milliMiB != 0 && milliMiB % 1_024_000 == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{milliMiB / 1_024_000}GiB")
        : string.Create(CultureInfo.InvariantCulture, $"{Decimals.FromMilli(milliMiB)}MiB");

    private static decimal? Factor(ReadOnlySpan<char> unit) => unit switch
    {
        "" or "MiB" => 1m,
        "GiB" => 1024m,
        "TiB" => 1024m * 1024m,
        _ => null,
    };
}
