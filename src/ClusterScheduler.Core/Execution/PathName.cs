using System.Security.Cryptography;
using System.Text;

namespace ClusterScheduler.Core.Execution;

/// <summary>
/// Turns ids, which anyone may choose, into names of files: no separator, no <c>..</c>, no hidden file, bounded, and
/// two different ids never give the same name.
/// </summary>
public static class PathName
{
    /// <summary>Characters in a name at most; file systems take 255 bytes.</summary>
    public const int LengthMax = 160;

    private const int KeptOfLong = 96;

    /// <summary>The name of one path element for an id.</summary>
    /// <param name="id">Any text; letters, digits, '_', '-' and '.' (not in front) stay, all else becomes %XX.</param>
    public static string Of(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var name = new StringBuilder(id.Length);
        foreach (var value in Encoding.UTF8.GetBytes(id))
        {
            var isPlain = char.IsAsciiLetterOrDigit((char)value) || value is (byte)'_' or (byte)'-'
                || (value == (byte)'.' && name.Length > 0);
            if (isPlain)
            {
                name.Append((char)value);
            }
            else
            {
                name.Append('%').Append(value.ToString("X2", System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        if (name.Length == 0)
        {
            return "%";
        }

        return name.Length <= LengthMax ? name.ToString() : Shortened(name.ToString());
    }

    /// <summary>'~' comes from nowhere else, so a shortened name is never the name of a short id.</summary>
    private static string Shortened(string name)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(name));
        return string.Concat(name.AsSpan(0, KeptOfLong), "~", Convert.ToHexStringLower(digest.AsSpan(0, 16)));
    }
}
