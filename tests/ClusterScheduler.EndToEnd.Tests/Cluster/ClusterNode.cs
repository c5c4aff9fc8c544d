using System.Text.Json;
using ClusterScheduler.EndToEnd.Tests.Harness;

namespace ClusterScheduler.EndToEnd.Tests.Cluster;

/// <summary>One node of a <see cref="RealCluster"/>: a real process with a data directory of its own.</summary>
internal sealed class ClusterNode(
    Workspace workspace, string name, string address, VirtualHost? host, Func<string[]> options) : IAsyncDisposable
{
    /// <summary>What a node says when it is in the cluster.</summary>
    public const string Joined = "ready: joined";

    private Csched? _process;

    public string Name => name;

    /// <summary>Where other nodes reach it, as members are listed.</summary>
    public string Address => $"akka.tcp://csched@{address}";

    public VirtualHost Host => host ?? throw new InvalidOperationException($"{name} has no host of its own");

    public string Data => workspace.Inside(name);

    public Csched Process => _process ?? throw new InvalidOperationException($"{name} was never started");

    /// <summary>Starts it, again if need be; it is in the cluster when this returns.</summary>
    public ClusterNode Start()
    {
        Begin();
        WaitFor(Joined);
        return this;
    }

    /// <summary>Waits for a line of its latest start; each counts once.</summary>
    public string WaitFor(string text) => Process.Line(line => line.Contains(text, StringComparison.Ordinal));

    /// <summary>Whether it has said this since its latest start.</summary>
    public bool HasSaid(string text) => Process.Output.Contains(text, StringComparison.Ordinal);

    /// <summary>Starts it, without waiting for anything.</summary>
    public void Begin() => _process = Csched.Start(
        workspace, host, ["node", "--data", Data, "--port", "0", .. options()]);

    public async Task Kill()
    {
        Process.Signal(Csched.Sigkill);
        await Process.Ended();
    }

    public void Freeze() => Process.Signal(Csched.Sigstop);

    public void Thaw() => Process.Signal(Csched.Sigcont);

    /// <summary>SIGTERM, and waits for its end.</summary>
    public async Task<CschedResult> Stop()
    {
        Process.Signal(Csched.Sigterm);
        return await Process.Ended();
    }

    /// <summary>A csched command against the node's gateway; on the node's host, where it has one.</summary>
    public Task<CschedResult> Ask(params string[] arguments)
    {
        string[] words = [.. arguments, "--data", Data];
        return host is null ? Csched.Here(words) : Csched.Run(workspace, host, words);
    }

    /// <summary>What a command says as JSON; none while the node cannot answer.</summary>
    public async Task<JsonDocument?> Json(params string[] arguments)
    {
        var result = await Ask([.. arguments, "-o", "json"]);
        return result.ExitCode == 0 ? JsonDocument.Parse(result.Output) : null;
    }

    /// <summary>Asks this node how an agent stands; null when it lists none of that host.</summary>
    public async Task<string?> StandingOf(string agentHost)
    {
        using var list = await Json("agent", "list");
        return list?.RootElement.GetProperty("agents").EnumerateArray()
            .Where(agent => agent.GetProperty("hostname").GetString() == agentHost)
            .Select(static agent => agent.GetProperty("standing").GetString()).SingleOrDefault();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }
}
