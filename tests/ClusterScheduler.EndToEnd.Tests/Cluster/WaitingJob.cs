using System.Text.Json;
using ClusterScheduler.EndToEnd.Tests.Harness;

namespace ClusterScheduler.EndToEnd.Tests.Cluster;

/// <summary>
/// A job whose tasks write down that they start, wait until they may end, and write down that they end: what happened
/// is known from the outside.
/// </summary>
internal sealed class WaitingJob(Workspace workspace, string name, int tasks) : IDisposable
{
    private readonly Gate _gate = new(workspace.Inside($"{name}-gate"));

    private string Started => $"{name}-started";

    private string Ended => $"{name}-ended";

    /// <summary>Submits it, and waits until all its tasks run.</summary>
    public async Task Submit(ClusterNode node)
    {
        var file = workspace.File($"{name}.yaml", $$"""
            jobs:
              - name: {{name}}
                instances: {{tasks}}
                task:
                  resources: {cpus: 0.1, mem: 16MiB}
                  command: |
                    echo "{{"{{instance}}"}}" >> {{workspace.Inside(Started)}}
                    {{_gate.Wait}}
                    echo "{{"{{instance}}"}}" >> {{workspace.Inside(Ended)}}
            """);
        var submitted = await node.Ask("job", "run", file);
        Assert.True(submitted.ExitCode == 0, submitted.ToString());
        Poll.Until(
            () => workspace.Lines(Started).Length >= tasks,
            () => $"{tasks} tasks to start, not {workspace.Lines(Started).Length}; {node.Process.Output}");
    }

    /// <summary>Its tasks may end.</summary>
    public void Release() => _gate.Open();

    public void Dispose() => _gate.Dispose();

    /// <summary>Waits until a node says that all have finished, and checks that each ran exactly once.</summary>
    public async Task FinishedOnce(ClusterNode node)
    {
        CschedResult shown = new(0, "", "");
        await Poll.UntilAsync(
            async () =>
            {
                shown = await node.Ask("job", "show", $"default/devel/{name}", "-o", "json");
                return shown.ExitCode == 0 && Phase(shown.Output) == "finished";
            },
            () => $"{name} to finish:\n{shown}\n{node.Process.Output}");
        var all = Enumerable.Range(0, tasks).Select(each => $"{each}").Order(StringComparer.Ordinal).ToList();
        Assert.Equal(all, workspace.Lines(Started).Order(StringComparer.Ordinal));
        Assert.Equal(all, workspace.Lines(Ended).Order(StringComparer.Ordinal));
    }

    private static string? Phase(string json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return (root.TryGetProperty("job", out var job) ? job : root).GetProperty("phase").GetString();
    }
}
