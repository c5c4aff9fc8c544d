using System.Globalization;

namespace ClusterScheduler.Agent.Execution;

/// <summary>One file of a log, and where it begins in all that was written.</summary>
/// <param name="Path">The file.</param>
/// <param name="Start">Bytes written before it.</param>
/// <param name="Length">Its own.</param>
internal readonly record struct LogSegment(string Path, long Start, long Length)
{
    public long End => Start + Length;
}

/// <summary>
/// The files of one log: those that were rotated away, each named after the offset at which it begins
/// (<c>stdout.0</c>, <c>stdout.104857600</c>), then the one that is written. So an offset stays true for ever, and
/// rotation renames nothing.
/// </summary>
internal static class LogSegments
{
    /// <summary>In order, without a hole; the last is the one that is written.</summary>
    public static List<LogSegment> Of(string path)
    {
        var name = Path.GetFileName(path);
        var segments = Directory.GetFiles(Path.GetDirectoryName(path)!, name + ".*")
            .Select(file => (file, Start: StartOf(file, name)))
            .Where(pair => pair.Start >= 0)
            .Select(pair => new LogSegment(pair.file, pair.Start, new FileInfo(pair.file).Length))
            .OrderBy(segment => segment.Start)
            .ToList();
        var length = new FileInfo(path) is { Exists: true } file ? file.Length : 0;
        segments.Add(new LogSegment(path, segments.Count > 0 ? segments[^1].End : 0, length));
        return segments;
    }

    /// <summary>The name of a file that holds what was written from an offset on.</summary>
    public static string PathAt(string path, long start) =>
        string.Create(CultureInfo.InvariantCulture, $"{path}.{start}");

    /// <summary>-1 for a file of another kind. (On Unix too the pattern NAME.* finds NAME itself.)</summary>
    private static long StartOf(string file, string name) => long.TryParse(
        Path.GetFileName(file.AsSpan())[name.Length..].TrimStart('.'), NumberStyles.None, CultureInfo.InvariantCulture,
        out var start) ? start : -1;
}
