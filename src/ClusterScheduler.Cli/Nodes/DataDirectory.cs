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

    private const string LockFile = "lock";
    private const string PidFile = "pid";
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
    public static string Resolve(string? option)
    {
        var named = option ?? Environment.GetEnvironmentVariable("CSCHED_DATA");
        return string.IsNullOrEmpty(named)
            ? System.IO.Path.Combine(StateHome(), "dev")
            : System.IO.Path.GetFullPath(named);
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
    /// <exception cref="UserException">Another process has it, or it cannot be used.</exception>
    public static DataDirectory Take(string path)
    {
        try
        {
            Directory.CreateDirectory(path, OwnerOnly);
            if ((File.GetUnixFileMode(path) & ~OwnerOnly) != 0)
            {
                File.SetUnixFileMode(path, OwnerOnly);
            }
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"the directory {path} cannot be used: {wrong.Message}");
        }

        return new DataDirectory(path, Lock(path));
    }

    public string Inside(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string path)
    {
        // The lock cannot be read while it is held, so the pid stands in a file of its own.
        var pid = System.IO.Path.Combine(path, PidFile);
        try
        {
            var held = new FileStream(
                System.IO.Path.Combine(path, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(pid, Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n");
            return held;
        }
        catch (IOException)
        {
            throw new UserException(
                $"another csched{Holder(pid)} uses the directory {path}. Stop it, or name another one with --data.");
        }
        catch (UnauthorizedAccessException wrong)
        {
            throw new UserException($"the directory {path} cannot be used: {wrong.Message}");
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
