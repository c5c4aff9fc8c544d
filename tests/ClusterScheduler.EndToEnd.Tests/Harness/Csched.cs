using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using ClusterScheduler.Cli.Commands;

namespace ClusterScheduler.EndToEnd.Tests.Harness;

/// <summary>One real csched process.</summary>
internal sealed partial class Csched : IAsyncDisposable
{
    public const int Sigint = 2;
    public const int Sigkill = 9;
    public const int Sigterm = 15;
    public const int Sigcont = 18;
    public const int Sigstop = 19;

    /// <summary>Much longer than anything here takes, on a machine that is busy with other things.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly BlockingCollection<string> _lines = [];
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _errors = new();
    private bool _isDisposed;

    private Csched(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public string Errors
    {
        get
        {
            lock (_errors)
            {
                return _errors.ToString();
            }
        }
    }

    /// <summary>Starts csched; its home is the workspace's, so that it finds nothing of this machine's user.</summary>
    public static Csched Start(Workspace workspace, params string[] arguments) => Start(workspace, null, arguments);

    /// <summary>Starts csched on a host; null: on this machine.</summary>
    public static Csched Start(Workspace workspace, VirtualHost? host, string[] arguments) =>
        StartUnder(workspace, host?.Command() ?? [], arguments);

    /// <summary>Starts csched by another command, which becomes it.</summary>
    private static Csched StartUnder(Workspace workspace, string[] command, string[] arguments)
    {
        string[] words = [.. command, Path.Combine(AppContext.BaseDirectory, "csched"), .. arguments];
        var start = new ProcessStartInfo(words[0], words[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workspace.Directory,
        };
        foreach (var variable in start.Environment.Keys.Where(key =>
            key.StartsWith("CSCHED_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(variable);
        }

        // As for the tests themselves: it would cost more than it gives within their few seconds.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["HOME"] = workspace.Directory;
        start.Environment.Remove("XDG_STATE_HOME");
        var csched = new Csched(new Process { StartInfo = start });
        csched._process.OutputDataReceived += (_, line) => csched.Take(csched._output, line.Data);
        csched._process.ErrorDataReceived += (_, line) => csched.Take(csched._errors, line.Data);
        csched._process.Start();
        csched._process.BeginOutputReadLine();
        csched._process.BeginErrorReadLine();
        csched._process.StandardInput.Close();
        return csched;
    }

    /// <summary>Runs it to its end.</summary>
    public static Task<CschedResult> Run(Workspace workspace, params string[] arguments) =>
        Run(workspace, null, arguments);

    /// <summary>Runs it to its end on a host; null: on this machine.</summary>
    public static Task<CschedResult> Run(Workspace workspace, VirtualHost? host, string[] arguments) =>
        RunUnder(workspace, host?.Command() ?? [], arguments);

    /// <summary>Runs it to its end by another command, which becomes it.</summary>
    public static async Task<CschedResult> RunUnder(Workspace workspace, string[] command, string[] arguments)
    {
        await using var csched = StartUnder(workspace, command, arguments);
        return await csched.Ended();
    }

    /// <summary>
    /// The same command line in this process: for what is asked again and again, where a process each time would keep
    /// the processors from those that are tried.
    /// </summary>
    public static Task<CschedResult> Here(params string[] arguments) => Task.Factory.StartNew(
        () =>
        {
            using var output = new StringWriter();
            using var errors = new StringWriter();
            var code = CommandLine.Run(arguments, output, errors);
            return new CschedResult(code, output.ToString(), errors.ToString());
        },
        CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Waits until it has ended and everything that it wrote was read.</summary>
    public async Task<CschedResult> Ended()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"csched did not end within {Patience}. It wrote:\n{Output}\n{Errors}");
        }

        return new CschedResult(_process.ExitCode, Output, Errors);
    }

    /// <summary>Waits for a line of its output.</summary>
    public string Line(Func<string, bool> wanted)
    {
        var waiting = Stopwatch.StartNew();
        while (waiting.Elapsed < Patience)
        {
            if (_lines.TryTake(out var line, TimeSpan.FromMilliseconds(200)))
            {
                if (wanted(line))
                {
                    return line;
                }
            }
            else if (_process.HasExited && _lines.Count == 0)
            {
                break;
            }
        }

        throw new TimeoutException($"the line did not come. It wrote:\n{Output}\n{Errors}");
    }

    public void Signal(int signal)
    {
        if (Kill(_process.Id, signal) != 0)
        {
            throw new InvalidOperationException(string.Create(
                CultureInfo.InvariantCulture, $"kill -{signal} {_process.Id} failed"));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _lines.Dispose();
    }

    private void Take(StringBuilder into, string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (into)
        {
            into.Append(line).Append('\n');
        }

        _lines.Add(line);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}

/// <summary>How a csched ended.</summary>
internal sealed record CschedResult(int ExitCode, string Output, string Errors)
{
    public override string ToString() => $"exit code {ExitCode}\n--- output\n{Output}\n--- errors\n{Errors}";
}
