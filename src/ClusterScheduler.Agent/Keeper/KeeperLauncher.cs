using System.Collections.Immutable;
using System.Net.Sockets;
using ClusterScheduler.Agent.Processes;

namespace ClusterScheduler.Agent.Keeper;

/// <summary>
/// Finds the keeper of an agent's directory, or starts one. The agent makes the listening socket and hands it down, so
/// it can connect at once and need not ask again and again whether the keeper is ready.
/// </summary>
internal sealed class KeeperLauncher(
    string directory, ImmutableArray<string> command, bool diesWithAgent, TimeSpan linger)
{
    private const long LogBytesMax = 1 << 20;

    private static readonly string[] Inherited =
    [
        "PATH", "HOME", "USER", "LANG", "TMPDIR", "DOTNET_ROOT", "DOTNET_ROOT_X64", "DOTNET_ROOT_ARM64",
        "DOTNET_HOST_PATH", "LD_LIBRARY_PATH",
    ];

    /// <summary>The pid of the keeper that was started here; 0 if it was found.</summary>
    public int Pid { get; private set; }

    private string SocketPath => Path.Combine(directory, "socket");

    /// <summary>A connection to the keeper that is at work; null if there is none.</summary>
    public Socket? Find()
    {
        try
        {
            return File.Exists(SocketPath) ? Connect() : null;
        }
        catch (SocketException)
        {
            // Its file outlived it.
            return null;
        }
    }

    /// <summary>Starts a keeper and connects to it.</summary>
    public Socket Start()
    {
        PrivatePath.CreateDirectory(directory);
        var listener = WithShortPath(LibcSocket.Listen);
        var devNull = Libc.Open("/dev/null", Libc.ReadOnly | Libc.CloseOnExec, 0);
        var log = OpenLog();
        try
        {
            var options = new KeeperOptions(directory, listener, diesWithAgent, linger);
            Pid = Spawner.Spawn(new SpawnRequest(
                command[0], [.. command, .. options.ToArguments()], EnvironmentOfKeeper(), null,
                devNull, log, log, listener));
            return Pid > 0
                ? Connect()
                : throw new IOException(
                    $"The keeper does not start: {command[0]}: {Spawner.KindOf(-Pid)} (errno {-Pid}).");
        }
        finally
        {
            _ = Libc.Close(listener);
            _ = Libc.Close(devNull);
            _ = Libc.Close(log);
        }
    }

    /// <summary>Takes the status of a keeper that ended; without that it stays a zombie.</summary>
    public unsafe void Reap()
    {
        int status;
        Libc.ResourceUsage usage;
        if (Pid > 0 && Libc.Wait4(Pid, &status, Libc.WaitNoHang, &usage) == Pid)
        {
            Pid = 0;
        }
    }

    private Socket Connect() => WithShortPath(path =>
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    });

    /// <summary>Socket paths are at most 107 bytes long; that of a descriptor always fits.</summary>
    private T WithShortPath<T>(Func<string, T> use)
    {
        var descriptor = Libc.Open(directory, Libc.ReadOnly | Libc.CloseOnExec, 0);
        if (descriptor < 0)
        {
            throw new IOException($"The directory {directory} cannot be opened.");
        }

        try
        {
            return use($"/proc/self/fd/{descriptor}/socket");
        }
        finally
        {
            _ = Libc.Close(descriptor);
        }
    }

    private int OpenLog()
    {
        var path = Path.Combine(directory, "keeper.log");
        if (new FileInfo(path) is { Exists: true, Length: > LogBytesMax })
        {
            File.Move(path, path + ".1", overwrite: true);
        }

        return Libc.Open(
            path, Libc.WriteOnly | Libc.Create | Libc.Append | Libc.CloseOnExec, 0b110_000_000);
    }

    /// <summary>Small and quick: no background collector, no profile, no door for debuggers.</summary>
    private static List<string> EnvironmentOfKeeper() =>
    [
        .. Inherited.Select(name => (name, value: Environment.GetEnvironmentVariable(name)))
            .Where(pair => pair.value is not null)
            .Select(pair => $"{pair.name}={pair.value}"),
        "DOTNET_gcConcurrent=0",
        "DOTNET_gcServer=0",
        "DOTNET_TieredPGO=0",
        "DOTNET_EnableDiagnostics=0",
        "DOTNET_GCConserveMemory=5",
    ];
}
