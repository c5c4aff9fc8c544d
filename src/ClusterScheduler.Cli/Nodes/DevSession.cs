using System.Diagnostics;
using System.Globalization;
using ClusterScheduler.Cli.Commands;
using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Cli.Nodes;

/// <summary>csched dev: a cluster that stays until it is interrupted; its tasks stay longer.</summary>
internal static class DevSession
{
    public static async Task<int> Run(string path, SettingsSources sources, TextWriter output)
    {
        using var interrupts = new Interrupts();
        using var directory = DataDirectory.Take(path);
        var loaded = SettingsLoader.Load(sources with { Profile = NodeProfile.Durable(path) });
        var settings = ClusterSettings.Read(loaded.Reader());
        var plan = new NodePlan(path, loaded, settings, AgentSpec.Defaults(settings.Node.Agents))
        {
            TasksEndWithNode = false,
        };
        await using var node = await ClusterNode.Start(plan, interrupts.First);
        await using var gateway = await node.OpenGateway(settings.Gateway, directory.Inside(DataDirectory.TokenFile));
        directory.WriteEndpoint(gateway.Port);
        Greet(output, path, gateway.Port, node);
        await interrupts.First.WhenCancelled();

        directory.RemoveEndpoint();
        output.WriteLine("stopping; running tasks go on, and are found again at the next start");
        return ExitCode.Done;
    }

    private static void Greet(TextWriter output, string path, int port, ClusterNode node)
    {
        var elapsed = DateTime.Now - Process.GetCurrentProcess().StartTime;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ready in {elapsed.TotalSeconds:0.00} s"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  gateway  http://127.0.0.1:{port}"));
        output.WriteLine($"  data     {path}");
        output.WriteLine($"  agents   {string.Join(", ", node.Hosts)}");
        output.WriteLine("Ctrl-C stops it. In another terminal: csched job run docs/samples/wordcount.yaml");
        output.Flush();
    }
}
