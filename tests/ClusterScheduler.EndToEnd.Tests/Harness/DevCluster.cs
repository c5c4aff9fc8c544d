using System.Net.Http.Headers;

namespace ClusterScheduler.EndToEnd.Tests.Harness;

/// <summary>A running <c>csched dev</c>.</summary>
internal sealed class DevCluster : IAsyncDisposable
{
    private readonly Workspace _workspace;

    private DevCluster(Workspace workspace, Csched process)
    {
        _workspace = workspace;
        Process = process;
    }

    public Csched Process { get; private set; }

    public Uri Address => new(File.ReadAllText(Path.Combine(_workspace.Data, "endpoint")).Trim());

    public string Token => File.ReadAllText(Path.Combine(_workspace.Data, "token")).Trim();

    /// <summary>Starts it on the workspace's data directory and waits until it is ready.</summary>
    public static DevCluster Start(Workspace workspace, params string[] options)
    {
        var process = Launch(workspace, options);
        return new DevCluster(workspace, process);
    }

    /// <summary>kill -9, and a new start on the same directory.</summary>
    public async Task KillAndRestart(params string[] options)
    {
        Process.Signal(Csched.Sigkill);
        await Process.Ended();
        await Process.DisposeAsync();
        Process = Launch(_workspace, options);
    }

    /// <summary>Runs a csched command against it.</summary>
    public Task<CschedResult> Ask(params string[] arguments) =>
        Csched.Run(_workspace, [.. arguments, "--data", _workspace.Data]);

    public HttpClient Client()
    {
        var client = new HttpClient { BaseAddress = Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return client;
    }

    /// <summary>Ctrl-C, and waits for its end.</summary>
    public async Task<CschedResult> Stop()
    {
        Process.Signal(Csched.Sigint);
        return await Process.Ended();
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();

    private static Csched Launch(Workspace workspace, string[] options)
    {
        var process = Csched.Start(workspace, ["dev", "--data", workspace.Data, "--port", "0", .. options]);
        process.Line(line => line.StartsWith("ready", StringComparison.Ordinal));
        return process;
    }
}
