using System.Globalization;
using ClusterScheduler.Cli.Commands;

namespace ClusterScheduler.Cli.Nodes;

/// <summary>
/// Where one cluster keeps its state. Only its owner may look into it, and only one process at a time has it.
/// </summary>
internal sealed class DataDirectory : IDisposable
{
    public const string TokenFile = "token";
    public const string EndpointFile = "endpoint";

    private const string ClusterFile = "cluster-id";
    private const string LockFile = "lock";
    private const string PidFile = "pid";

    /// <summary>EWOULDBLOCK: the kernel's number is what .NET carries in HResult when a lock is held.</summary>
    private const int WouldBlock = 11;

    private const UnixFileMode OwnerOnly =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    public string Path { get; }

    /// <summary>What the option says, else CSCHED_DATA, else csched's own directory of the user's state.</summary>
    /// <param name="option">What the option says.</param>
    /// <param name="own">The name of csched's own directory.</param>
    public static string Resolve(string? option, string own = "dev")
    {
        var named = option ?? Environment.GetEnvironmentVariable("CSCHED_DATA");
        return string.IsNullOrEmpty(named)
            ? System.IO.Path.Combine(StateHome(), own)
            : System.IO.Path.GetFullPath(named);
    }

    /// <summary>Where commands look: as <see cref="Resolve"/>; of csched's own, the one whose gateway started last.
    /// </summary>
    public static string ResolveRunning(string? option)
    {
        var dev = Resolve(option);
        var node = Resolve(option, "node");
        return File.GetLastWriteTimeUtc(System.IO.Path.Combine(node, EndpointFile))
            > File.GetLastWriteTimeUtc(System.IO.Path.Combine(dev, EndpointFile)) ? node : dev;
    }

    /// <summary>csched's directory in the user's state (XDG).</summary>
    public static string StateHome()
    {
        var state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        var home = Environment.GetEnvironmentVariable("HOME");
        return string.IsNullOrEmpty(state) && string.IsNullOrEmpty(home)
            ? throw new UserException(
                "neither HOME nor XDG_STATE_HOME is set: name a directory with --data", ExitCode.WrongInput)
            : System.IO.Path.Combine(
                string.IsNullOrEmpty(state) ? System.IO.Path.Combine(home!, ".local", "state") : state, "csched");
    }

    /// <summary>Makes the directory where it is missing, and takes it for this process.</summary>
    /// <param name="path">The directory.</param>
    /// <param name="exitCode">Of the exception.</param>
    /// <exception cref="UserException">Another process has it, or it cannot be used.</exception>
    public static DataDirectory Take(string path, int exitCode = ExitCode.Failed)
    {
        try
        {
            Directory.CreateDirectory(path, OwnerOnly);
            if ((File.GetUnixFileMode(path) & ~OwnerOnly) != 0)
            {
                File.SetUnixFileMode(path, OwnerOnly);
            }
        }
        catch (FileNotFoundException)
        {
            // What the runtime says where a directory cannot be made, as in /proc.
            throw new UserException(
                $"the directory {path} cannot be made there: name another one with --data", exitCode);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"the directory {path} cannot be used: {wrong.Message}", exitCode);
        }

        return new DataDirectory(path, Lock(path, exitCode));
    }

    public string Inside(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Says to csched's other commands where the gateway is; in one step.</summary>
    public void WriteEndpoint(int port)
    {
        var file = Inside(EndpointFile);
        try
        {
            File.WriteAllText(
                file + ".new", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}\n"));
            File.Move(file + ".new", file, overwrite: true);
        }
        catch (IOException wrong)
        {
            throw new UserException(
                $"{file}, where csched's other commands find the gateway, cannot be written: {wrong.Message}",
                ExitCode.Failed);
        }
    }

    /// <summary>Nobody serves there any more.</summary>
    public void RemoveEndpoint() => File.Delete(Inside(EndpointFile));

    /// <summary>The directory is that of this cluster, from now on if it was of none.</summary>
    /// <exception cref="UserException">It is that of another one.</exception>
    public void Claim(string clusterId)
    {
        var file = Inside(ClusterFile);
        var known = File.Exists(file) ? File.ReadAllText(file).Trim() : "";
        if (known.Length == 0)
        {
            File.WriteAllText(file + ".new", clusterId + "\n");
            File.Move(file + ".new", file, overwrite: true);
        }
        else if (known != clusterId)
        {
            throw new UserException(
                $"the directory {Path} is that of the cluster {known}, and this one is {clusterId}. What is in it "
                + "belongs to tasks of the other: name another directory with --data.",
                ExitCode.OtherClustersDirectory);
        }
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string path, int exitCode)
    {
        // The lock cannot be read while it is held, so the pid stands in a file of its own.
        var pid = System.IO.Path.Combine(path, PidFile);
        try
        {
            var held = new FileStream(
                System.IO.Path.Combine(path, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            NotePid(pid);
            return held;
        }
        catch (IOException taken) when (taken.HResult is WouldBlock)
        {
            throw new UserException(
                $"another csched{Holder(pid)} uses the directory {path}. Stop it, or name another one with --data.",
                exitCode);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"the directory {path} cannot be used: {wrong.Message}", exitCode);
        }
    }

    /// <summary>For people and messages only: an agent starts though its disk is full.</summary>
    private static void NotePid(string pidFile)
    {
        try
        {
            File.WriteAllText(pidFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n");
        }
        catch (IOException)
        {
            File.Delete(pidFile);
        }
    }

    private static string Holder(string pidFile)
    {
        try
        {
            return int.TryParse(File.ReadAllText(pidFile), NumberStyles.Any, CultureInfo.InvariantCulture, out var pid)
                ? string.Create(CultureInfo.InvariantCulture, $" (process {pid})")
                : "";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
