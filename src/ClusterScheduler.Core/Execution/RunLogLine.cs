using System.Globalization;
using System.Numerics;
using System.Text;

namespace ClusterScheduler.Core.Execution;

/// <summary>One line of a run log: checksum, then fields with everything but plain characters escaped.</summary>
internal static class RunLogLine
{
    private const int ChecksumLength = 8;

    public static string Of(params ReadOnlySpan<string> fields)
    {
        var body = new StringBuilder();
        foreach (var field in fields)
        {
            body.Append(' ');
            AppendEscaped(body, field);
        }

        var text = body.ToString();
        return string.Concat(Checksum(text), text, "\n");
    }

    /// <summary>The fields; null if the line is torn or damaged.</summary>
    public static string[]? Fields(string line)
    {
        if (line.Length <= ChecksumLength + 1 || Checksum(line[ChecksumLength..]) != line[..ChecksumLength])
        {
            return null;
        }

        var fields = line[(ChecksumLength + 1)..].Split(' ');
        for (var index = 0; index < fields.Length; index++)
        {
            fields[index] = fields[index].Contains('%', StringComparison.Ordinal)
                ? Uri.UnescapeDataString(fields[index])
                : fields[index];
        }

        return fields;
    }

    private static void AppendEscaped(StringBuilder body, string field)
    {
        var isPlain = field.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0
            && !field.Contains('%', StringComparison.Ordinal);
        body.Append(isPlain ? field : Uri.EscapeDataString(field));
    }

    private static string Checksum(string text)
    {
        var checksum = uint.MaxValue;
        foreach (var character in text)
        {
            checksum = BitOperations.Crc32C(checksum, character);
        }

        return (~checksum).ToString("x8", CultureInfo.InvariantCulture);
    }
}
