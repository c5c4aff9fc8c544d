using ClusterScheduler.Agent.Execution;
using ClusterScheduler.Agent.Processes;

namespace ClusterScheduler.Agent.Keeper;

/// <summary>
/// Keeps stdout and stderr bounded while processes hold them open. What is there is copied to a file of its own
/// (<see cref="LogSegments"/>; the oldest go), then cut off the front of the file with FALLOC_FL_COLLAPSE_RANGE, which
/// loses nothing, however fast is written (ext4, XFS). Where the file system cannot do that, the file is truncated
/// after the copy: what is written between the two, microseconds, is lost. Sizes are looked at once a second, so a
/// file can exceed its bound by what a process writes in a second.
/// </summary>
internal static class LogRotation
{
    private const int CollapseRange = 0x08;

    private const long BlockBytes = 4096;

    public static void Check(LaunchOrder order)
    {
        if (order.LogBytesMax <= 0)
        {
            return;
        }

        foreach (var name in (ReadOnlySpan<string>)["stdout", "stderr"])
        {
            var file = new FileInfo($"{order.Sandbox}/{name}");
            if (file.Exists && file.Length > order.LogBytesMax)
            {
                Rotate(file.FullName, order.LogBackups);
            }
        }
    }

    private static void Rotate(string path, int backups)
    {
        var segments = LogSegments.Of(path);
        for (var excess = segments.Count - backups; excess > 0; excess--)
        {
            File.Delete(segments[0].Path);
            segments.RemoveAt(0);
        }

        var target = LogSegments.PathAt(path, segments.Count > 0 ? segments[^1].Start : 0);
        var draft = $"{path}.rotating";
        using var log = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);

        // A file cannot be collapsed whole; of one that ends with a block the last block stays.
        var front = (log.Length - 1) / BlockBytes * BlockBytes;
        File.Delete(draft);
        Copy(log, draft, front);
        if (front > 0 && Libc.Allocate((int)log.SafeFileHandle.DangerousGetHandle(), CollapseRange, 0, front) == 0)
        {
            File.Move(draft, target);
            return;
        }

        Copy(log, draft, long.MaxValue);
        log.SetLength(0);
        File.Move(draft, target);
    }

    private static void Copy(FileStream log, string path, long end)
    {
        using var copy = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var buffer = new byte[64 * 1024];
        while (log.Position < end)
        {
            var length = log.Read(buffer, 0, (int)Math.Min(buffer.Length, end - log.Position));
            if (length == 0)
            {
                return;
            }

            copy.Write(buffer, 0, length);
        }
    }
}
