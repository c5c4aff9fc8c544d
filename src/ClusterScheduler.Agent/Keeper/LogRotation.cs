using ClusterScheduler.Agent.Processes;

namespace ClusterScheduler.Agent.Keeper;

/// <summary>
/// Keeps stdout and stderr bounded while processes hold them open. What is there is copied to FILE.1 (older ones
/// move up, the oldest goes), then cut off the front of the file with FALLOC_FL_COLLAPSE_RANGE, which loses nothing,
/// however fast is written (ext4, XFS). Where the file system cannot do that, the file is truncated after the copy:
/// what is written between the two, microseconds, is lost. Sizes are looked at once a second, so a file can exceed its
/// bound by what a process writes in a second.
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
        using var log = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        var front = log.Length / BlockBytes * BlockBytes;
        if (log.Length == front)
        {
            // The whole file cannot be collapsed; the last block stays.
            front -= BlockBytes;
        }

        if (backups > 0)
        {
            for (var number = backups - 1; number >= 1; number--)
            {
                if (File.Exists($"{path}.{number}"))
                {
                    File.Move($"{path}.{number}", $"{path}.{number + 1}", overwrite: true);
                }
            }

            Copy(log, $"{path}.1", front);
        }

        if (front <= 0 || Libc.Allocate((int)log.SafeFileHandle.DangerousGetHandle(), CollapseRange, 0, front) != 0)
        {
            if (backups > 0)
            {
                Copy(log, $"{path}.1", long.MaxValue);
            }

            log.SetLength(0);
        }
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
