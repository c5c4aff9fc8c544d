using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Akka.Contract.Tests.Databases;

/// <summary>
/// A PostgreSQL server of the tests' own, in a temporary directory, on a free port of this machine. Made on first use,
/// gone soon after the test process has ended, however it ended.
/// </summary>
internal sealed class PostgresCluster
{
    /// <summary>The one user, once somebody has made it, who has to say a password.</summary>
    public const string Guarded = "guarded";

    public const string NotInstalled = "PostgreSQL is not installed (apt-get install postgresql)";

    private static readonly Lazy<PostgresCluster> s_shared = new(() => new PostgresCluster());

    private readonly string _directory;
    private readonly string _address;
    private readonly int _port;
    private int _databases;

    /// <param name="address">Where it listens; whoever reaches it there is let in.</param>
    internal PostgresCluster(string address = "127.0.0.1")
    {
        _address = address;
        _port = FreePort();
        _directory = Directory.CreateTempSubdirectory("postgres-").FullName;
        var data = Path.Combine(_directory, "data");
        if (Environment.IsPrivilegedProcess)
        {
            Run("chown", "postgres", _directory);
        }

        RunTool("initdb", "-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8", "--locale=C");
        var access = Path.Combine(data, "pg_hba.conf");
        File.WriteAllText(
            access,
            $"host all {Guarded} all scram-sha-256\n{File.ReadAllText(access)}host all all samenet trust\n");
        CleanUpAfterThisProcess();
        Start();
    }

    public static PostgresCluster Shared => s_shared.Value;

    public static bool IsInstalled { get; } = BinaryDirectory() is not null;

    public int Port => _port;

    private string DataDirectory => Path.Combine(_directory, "data");

    /// <summary>The connection string of a new, empty database.</summary>
    public string CreateDatabase()
    {
        var name = $"db{Interlocked.Increment(ref _databases)}";
        RunTool("createdb", "-h", _address, "-p", $"{_port}", "-U", "tests", name);
        return ConnectionString(name);
    }

    public string ConnectionString(string database, string user = "tests") =>
        $"Host={_address};Port={_port};Database={database};Username={user}";

    /// <summary>Runs one statement, which must not have single quotes.</summary>
    public void Execute(string database, string statement) => RunTool(
        "psql", "-h", _address, "-p", $"{_port}", "-U", "tests", "-v", "ON_ERROR_STOP=1", "-c", statement, database);

    public void Start() => RunTool(
        "pg_ctl", "-D", DataDirectory, "-w", "-t", "60", "-l", Path.Combine(_directory, "log"), "start", "-o",
        $"-c listen_addresses={_address} -c port={_port} -c unix_socket_directories= -c max_connections=200");

    /// <summary>As an operator does: every session is told, and what was begun is finished or taken back.</summary>
    public void Stop() => RunTool("pg_ctl", "-D", DataDirectory, "-m", "fast", "-w", "stop");

    /// <summary>As a crash would: nothing is finished.</summary>
    public void Kill() => RunTool("pg_ctl", "-D", DataDirectory, "-m", "immediate", "-w", "stop");

    /// <summary>A watcher of its own, because test runners kill their hosts.</summary>
    private void CleanUpAfterThisProcess()
    {
        var stop = string.Join(' ', Words("pg_ctl", "-D", DataDirectory, "-m", "immediate", "stop"));
        var watch = $"while kill -0 {Environment.ProcessId}; do sleep 1; done; {stop}; rm -rf '{_directory}'";
        using var watcher = Process.Start(
            new ProcessStartInfo("/bin/sh", ["-c", $"exec >/dev/null 2>&1 </dev/null; setsid sh -c \"{watch}\" &"])
            {
                WorkingDirectory = "/",
            })!;
        watcher.WaitForExit();
    }

    private static string? BinaryDirectory() =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql")
                .OrderByDescending(version => version, StringComparer.Ordinal)
                .Select(version => Path.Combine(version, "bin"))
                .FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")))
            : null;

    private static void RunTool(string tool, params string[] arguments) => Run(Words(tool, arguments));

    /// <summary>The server does not run as root; then it runs as the user of its package.</summary>
    private static string[] Words(string tool, params string[] arguments)
    {
        var path = Path.Combine(BinaryDirectory() ?? throw new InvalidOperationException(NotInstalled), tool);
        return Environment.IsPrivilegedProcess
            ? ["runuser", "-u", "postgres", "--", path, .. arguments]
            : [path, .. arguments];
    }

    /// <summary>Output goes nowhere: the server inherits it and would keep a pipe open.</summary>
    private static void Run(params string[] command)
    {
        var words = string.Join(' ', command.Select(word => $"'{word}'"));
        using var process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"{words} >/dev/null 2>&1"])
        {
            WorkingDirectory = "/",
        })!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{words} ended with {process.ExitCode}.");
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
