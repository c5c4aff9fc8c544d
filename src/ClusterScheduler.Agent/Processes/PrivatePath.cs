using System.Runtime.Versioning;

namespace ClusterScheduler.Agent.Processes;

/// <summary>Directories and files that only the agent's user may enter or read.</summary>
internal static class PrivatePath
{
    [UnsupportedOSPlatformGuard("windows")]
    private static bool IsUnix => !OperatingSystem.IsWindows();

    /// <summary>Makes a directory, and those above it, if it is not there.</summary>
    public static void CreateDirectory(string path)
    {
        if (!IsUnix)
        {
            throw NotHere();
        }

        Directory.CreateDirectory(
            path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>Takes a file from everybody else.</summary>
    public static void Restrict(string path)
    {
        if (!IsUnix)
        {
            throw NotHere();
        }

        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static PlatformNotSupportedException NotHere() => new("An agent runs tasks on Linux only.");
}
