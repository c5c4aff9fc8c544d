using System.Text.Unicode;
using ClusterScheduler.Core.Jobs.Findings;

namespace ClusterScheduler.Cli.JobFiles;

/// <summary>Turns bytes into text and says where they are no UTF-8.</summary>
internal static class Utf8Text
{
    private static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];

    private static ReadOnlySpan<byte> Utf16LittleMark => [0xFF, 0xFE];

    private static ReadOnlySpan<byte> Utf16BigMark => [0xFE, 0xFF];

    /// <summary>False with the first wrong byte's place; the text then ends before it. A byte order mark of UTF-8 is
    /// left out.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out string text, out JobFinding? finding)
    {
        finding = null;
        text = "";
        if (bytes.StartsWith(Utf16LittleMark) || bytes.StartsWith(Utf16BigMark))
        {
            finding = new JobFinding(JobFindingKind.NotUtf8, "", TextPosition.Start,
                "the file is UTF-16", "save it as UTF-8");
            return false;
        }

        bytes = bytes.StartsWith(Utf8Mark) ? bytes[Utf8Mark.Length..] : bytes;
        var chars = new char[bytes.Length];
        Utf8.ToUtf16(bytes, chars, out var read, out var written, replaceInvalidSequences: false);
        text = new string(chars, 0, written);
        if (read < bytes.Length)
        {
            finding = new JobFinding(JobFindingKind.NotUtf8, "", PositionAfter(text),
                $"the byte 0x{bytes[read]:X2} is not UTF-8 here", "save the file as UTF-8");
            return false;
        }

        return CheckControls(text, out finding);
    }

    private static bool CheckControls(string text, out JobFinding? finding)
    {
        var at = text.AsSpan().IndexOfAnyInRange('\0', '\u0008');
        finding = at < 0 ? null : new JobFinding(JobFindingKind.Syntax, "", PositionAfter(text[..at]),
            $"the control character U+{(int)text[at]:X4} stands here", "text; in double quotes it is written \\x00");
        return at < 0;
    }

    private static TextPosition PositionAfter(string text)
    {
        var line = text.AsSpan().Count('\n') + 1;
        return new TextPosition(line, text.Length - (text.LastIndexOf('\n') + 1) + 1);
    }
}
