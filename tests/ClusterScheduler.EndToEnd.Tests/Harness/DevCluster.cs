using System.Net.Http.Headers;

namespace ClusterScheduler.EndToEnd.Tests.Harness;

/// <summary>A running <c>csched dev</c>.</summary>
internal sealed class DevCluster : IAsyncDisposable
{
    private DevCluster(Workspace workspace, Csched process)
    {
        Workspace = workspace;
        Process = process;
    }

    public Workspace Workspace { get; }

    public string Data => Workspace.Data;

    public Csched Process { get; private set; }

    public Uri Address => new(File.ReadAllText(Path.Combine(Workspace.Data, "endpoint")).Trim());

    public string Token => File.ReadAllText(Path.Combine(Workspace.Data, "token")).Trim();

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
        Process = Launch(Workspace, options);
    }

    /// <summary>Runs a csched command against it.</summary>
    public Task<CschedResult> Ask(params string[] arguments) =>
        Csched.Run(Workspace, [.. arguments, "--data", Workspace.Data]);

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
