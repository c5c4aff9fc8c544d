namespace ClusterScheduler.EndToEnd.Tests.Harness;

/// <summary>
/// One real <c>csched node</c>: a process with a data directory and an address of its own, which can be killed, frozen
/// and started again.
/// </summary>
internal sealed class NodeProcess : IAsyncDisposable
{
    private readonly Workspace _workspace;
    private readonly string[] _options;

    /// <param name="workspace">Where its data directory lies.</param>
    /// <param name="name">Of its directory and its agent's host.</param>
    /// <param name="port">On 127.0.0.1.</param>
    /// <param name="options">What it is started with, each time.</param>
    public NodeProcess(Workspace workspace, string name, int port, params string[] options)
    {
        _workspace = workspace;
        _options =
        [
            "node", "--data", workspace.Inside(name), "--bind", $"127.0.0.1:{port}", "--port", "0",
            "--hostname", name, .. options,
        ];
        Name = name;
        Address = $"akka.tcp://csched@127.0.0.1:{port}";
        Process = Csched.Start(workspace, _options);
    }

    public string Name { get; }

    public string Address { get; }

    public string Data => _workspace.Inside(Name);

    public string Log => File.ReadAllText(Path.Combine(Data, "log"));

    /// <summary>The process of its latest start.</summary>
    public Csched Process { get; private set; }

    /// <summary>Waits until it is a member and serves.</summary>
    public void WaitReady() => WaitFor("ready: joined");

    /// <summary>Waits for an event that it says on its output; each line counts once.</summary>
    public string WaitFor(string text) => Process.Line(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>Whether it has said this since its latest start.</summary>
    public bool HasSaid(string text) => Process.Output.Contains(text, StringComparison.Ordinal);

    /// <summary>kill -9, and waits for its end.</summary>
    public async Task Kill()
    {
        Process.Signal(Csched.Sigkill);
        await Process.Ended();
    }

    /// <summary>Its process stands still until <see cref="Continue"/>.</summary>
    public void Freeze() => Process.Signal(Csched.Sigstop);

    public void Continue() => Process.Signal(Csched.Sigcont);

    /// <summary>SIGTERM: it leaves the cluster and ends.</summary>
    public async Task<CschedResult> Leave()
    {
        Process.Signal(Csched.Sigterm);
        return await Process.Ended();
    }

    /// <summary>Starts it again, with the same directory and options.</summary>
    public async Task Restart()
    {
        await Process.DisposeAsync();
        Process = Csched.Start(_workspace, _options);
    }

    /// <summary>Runs a csched command against its gateway.</summary>
    public Task<CschedResult> Ask(params string[] arguments) =>
        Csched.Run(_workspace, [.. arguments, "--data", Data]);

    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
