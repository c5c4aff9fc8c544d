using System.Diagnostics;
using System.Globalization;

namespace ClusterScheduler.EndToEnd.Tests.Harness;

/// <summary>
/// A file system of its own in memory, mounted on a directory, which can be filled up and be given space again. Gone
/// soon after the test process, however that ended.
/// </summary>
internal sealed class SmallDisk : IDisposable
{
    public const string NotAllowed = "mounting a tmpfs is not allowed here: run as root";

    private const int Size = 16 << 20;

    private static readonly Lazy<bool> Allowed = new(Try);

    private readonly string _directory;

    public SmallDisk(string directory)
    {
        _directory = Directory.CreateDirectory(directory).FullName;
        var size = string.Create(CultureInfo.InvariantCulture, $"size={Size}");
        Run("mount", "-t", "tmpfs", "-o", size, "tmpfs", _directory);
        UnmountAfterThisProcess();
    }

    public static bool IsAllowed => Allowed.Value;

    private string Ballast => Path.Combine(_directory, "ballast");

    /// <summary>Not one byte more can be written.</summary>
    public void Fill()
    {
        var block = new byte[Environment.SystemPageSize];
        using var ballast = new FileStream(Ballast, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
        for (var written = 0; written <= Size; written += block.Length)
        {
            try
            {
                ballast.Write(block);
            }
            catch (IOException)
            {
                return;
            }
        }

        throw new InvalidOperationException($"{_directory} takes more than it has room for");
    }

    public void Free() => File.Delete(Ballast);

    public void Dispose() => Run("umount", "--lazy", _directory);

    private static bool Try()
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return false;
        }

        var directory = Directory.CreateTempSubdirectory("csched-disk-");
        try
        {
            using var disk = new SmallDisk(directory.FullName);
            return true;
        }
        catch (Exception refused) when (refused is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            return false;
        }
        finally
        {
            directory.Delete();
        }
    }

    private static void Run(string command, params string[] words)
    {
        using var process = Process.Start(new ProcessStartInfo(command, words) { RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command} {string.Join(' ', words)}: {errors}");
        }
    }

    private void UnmountAfterThisProcess()
    {
        var watch = $"while kill -0 {Environment.ProcessId}; do sleep 1; done; umount -l '{_directory}'";
        const string apart = "exec >/dev/null 2>&1 </dev/null; setsid sh -c \"$0\" &";
        var start = new ProcessStartInfo("/bin/sh", ["-c", apart, watch])
        {
            WorkingDirectory = "/",
        };
        using var watcher = Process.Start(start)!;
        watcher.WaitForExit();
    }
}
