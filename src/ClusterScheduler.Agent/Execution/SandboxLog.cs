using System.Collections.Immutable;
using System.Text;

namespace ClusterScheduler.Agent.Execution;

/// <summary>Reads what tasks wrote.</summary>
internal static class SandboxLog
{
    /// <summary>Bytes of one chunk at most.</summary>
    public const int ChunkBytesMax = 1 << 20;

    /// <param name="sandbox">The task's directory.</param>
    /// <param name="stream">Which log.</param>
    /// <param name="offset">In all that was written; negative: from the end.</param>
    /// <param name="length">At most so many bytes.</param>
    public static LogChunk Read(string sandbox, LogStream stream, long offset, int length)
    {
        var path = PathOf(sandbox, stream);
        if (!File.Exists(path))
        {
            return new LogChunk(0, [], 0, Exists: false);
        }

        var segments = LogSegments.Of(path);
        var size = segments[^1].End;
        var from = Math.Clamp(offset < 0 ? size + offset : offset, segments[0].Start, size);
        var segment = segments.First(segment => from < segment.End || segment.Path == path);
        using var file = File.OpenHandle(
            segment.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var buffer = new byte[Math.Clamp(Math.Min(length, segment.End - from), 0, ChunkBytesMax)];
        var read = buffer.Length == 0 ? 0 : RandomAccess.Read(file, buffer, from - segment.Start);
        return new LogChunk(from, ImmutableArray.Create(buffer, 0, read), size, Exists: true);
    }

    /// <summary>The last whole lines of standard error or, where that is empty, of standard output.</summary>
    /// <param name="sandbox">The task's directory.</param>
    /// <param name="most">Bytes at most.</param>
    public static string Tail(string sandbox, int most)
    {
        try
        {
            var errors = TailOf(sandbox, LogStream.Stderr, most);
            return errors.Length > 0 ? errors : TailOf(sandbox, LogStream.Stdout, most);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"(its output cannot be read: {exception.Message})";
        }
    }

    private static string TailOf(string sandbox, LogStream stream, int most)
    {
        var chunk = Read(sandbox, stream, -most, most);
        var bytes = chunk.Data.AsSpan();

        // Where it begins in the middle of a line, that line is left out.
        if (chunk.Offset > 0 && bytes.IndexOf((byte)'\n') is var end and >= 0 && end < bytes.Length - 1)
        {
            bytes = bytes[(end + 1)..];
        }

        return Encoding.UTF8.GetString(bytes).TrimEnd();
    }

    private static string PathOf(string sandbox, LogStream stream) =>
        Path.Combine(sandbox, stream == LogStream.Stdout ? "stdout" : "stderr");
}
