using System.Runtime.InteropServices;
using ClusterScheduler.Agent.Processes;
using ClusterScheduler.Core.Execution;

namespace ClusterScheduler.Agent.Keeper;

/// <summary>
/// Starts one process of a task: its output into the sandbox, its program found by the task's own PATH.
/// </summary>
internal sealed class ProcessStarter : IDisposable
{
    private const int Executable = 1;

    private readonly int _null = Libc.Open("/dev/null", Libc.ReadOnly | Libc.CloseOnExec, 0);

    /// <summary>The new process' pid, or why there is none.</summary>
    public (int Pid, SpawnError? Error) Start(LaunchOrder order, ProcessSpec process)
    {
        var program = Find(process.Arguments[0], order.Environment);
        if (program is null)
        {
            return (0, new SpawnError(SpawnErrorKind.CommandNotFound, 0,
                $"'{process.Arguments[0]}' is in no directory of PATH"));
        }

        var output = Open(order.Sandbox, "stdout", out var error);
        if (error is not null)
        {
            return (0, error);
        }

        var errors = Open(order.Sandbox, "stderr", out error);
        if (error is not null)
        {
            _ = Libc.Close(output);
            return (0, error);
        }

        var pid = Spawner.Spawn(new SpawnRequest(
            program, process.Arguments, order.Environment, order.Sandbox, _null, output, errors));
        _ = Libc.Close(output);
        _ = Libc.Close(errors);
        return pid > 0 ? (pid, null) : (0, Explain(-pid, program, order.Sandbox));
    }

    public void Dispose() => Libc.Close(_null);

    private static int Open(string sandbox, string name, out SpawnError? error)
    {
        var path = $"{sandbox}/{name}";
        var descriptor = Libc.Open(
            path, Libc.WriteOnly | Libc.Create | Libc.Append | Libc.CloseOnExec, 0b110_100_100);
        error = null;
        if (descriptor < 0)
        {
            var errno = Marshal.GetLastPInvokeError();
            var kind = !Directory.Exists(sandbox) ? SpawnErrorKind.SandboxUnusable : Spawner.KindOf(errno) switch
            {
                SpawnErrorKind.DiskFull => SpawnErrorKind.DiskFull,
                SpawnErrorKind.TooManyOpenFiles => SpawnErrorKind.TooManyOpenFiles,
                _ => SpawnErrorKind.LogUnwritable,
            };
            error = new SpawnError(kind, errno, path);
        }

        return descriptor;
    }

    private static string? Find(string program, IEnumerable<string> environment)
    {
        if (program.Contains('/', StringComparison.Ordinal))
        {
            return program;
        }

        var path = environment.LastOrDefault(entry => entry.StartsWith("PATH=", StringComparison.Ordinal)) ?? "PATH=";
        foreach (var directory in path["PATH=".Length..].Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            var candidate = $"{directory}/{program}";
            if (File.Exists(candidate) && Libc.Access(candidate, Executable) == 0)
            {
                return candidate;
            }
        }

        return null;
    }

    /// <summary>The kernel's number is the same for several causes; what exists tells them apart.</summary>
    private static SpawnError Explain(int errno, string program, string sandbox)
    {
        if (!Directory.Exists(sandbox))
        {
            return new SpawnError(SpawnErrorKind.SandboxUnusable, errno, sandbox);
        }

        var path = Path.Combine(sandbox, program);
        return errno == Libc.Enoent && File.Exists(path)
            ? new SpawnError(SpawnErrorKind.NotExecutable, errno, $"{path}: the interpreter it names is missing")
            : new SpawnError(Spawner.KindOf(errno), errno, path);
    }
}
