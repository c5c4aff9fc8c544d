using System.Globalization;

namespace Akka.Configuration.Hocon;

/// <summary>Sizes: a whole number and a unit; <c>k</c>, <c>Ki</c>, <c>KiB</c> are 1024, <c>kB</c> is 1000.</summary>
internal static class HoconByteSize
{
    public const string Expected = "a size such as 512, 64KiB, 10MB or 1GiB";

    private static readonly Dictionary<string, long> BytesPerUnit = Units();

    public static bool TryParse(string text, out long bytes)
    {
        bytes = 0;
        var trimmed = text.Trim();
        var split = trimmed.Length;
        while (split > 0 && char.IsAsciiLetter(trimmed[split - 1]))
        {
            split--;
        }

        var unit = split == trimmed.Length ? "B" : trimmed[split..];
        if (!long.TryParse(trimmed.AsSpan(0, split).TrimEnd(), NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture, out var amount)
            || !BytesPerUnit.TryGetValue(unit, out var factor))
        {
            return false;
        }

        var product = (Int128)amount * factor;
        bytes = (long)product;
        return bytes == product;
    }

    private static Dictionary<string, long> Units()
    {
        var units = new Dictionary<string, long>(StringComparer.Ordinal)
        {
            ["b"] = 1, ["B"] = 1, ["byte"] = 1, ["bytes"] = 1, ["kB"] = 1000,
        };
        ReadOnlySpan<(char Letter, string Binary, string Decimal)> prefixes =
        [
            ('K', "kibibyte", "kilobyte"), ('M', "mebibyte", "megabyte"), ('G', "gibibyte", "gigabyte"),
            ('T', "tebibyte", "terabyte"), ('P', "pebibyte", "petabyte"), ('E', "exbibyte", "exabyte"),
        ];
        long binary = 1, thousands = 1;
        foreach (var (letter, binaryName, decimalName) in prefixes)
        {
            binary *= 1024;
            thousands *= 1000;
            units[letter.ToString()] = units[char.ToLowerInvariant(letter).ToString()] = binary;
            units[letter + "i"] = units[letter + "iB"] = units[binaryName] = units[binaryName + "s"] = binary;
            units[decimalName] = units[decimalName + "s"] = thousands;
            if (letter != 'K')
            {
                units[letter + "B"] = thousands;
            }
        }

        return units;
    }
}
