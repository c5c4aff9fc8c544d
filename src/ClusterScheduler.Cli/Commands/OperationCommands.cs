using System.CommandLine;
using System.Net.Http.Json;
using ClusterScheduler.Gateway.Views;

namespace ClusterScheduler.Cli.Commands;

/// <summary>csched agent reserve|unreserve|create-volume|destroy-volume</summary>
internal static class OperationCommands
{
    public static Command Build(string name, string description, string kind, string example)
    {
        var operate = new ClientCommand(name, description);
        var agent = operate.Add("AGENT", "its id, or its host name");
        var resources = operate.Add("RESOURCES", $"as Mesos writes them: {example}");
        operate.Action(async call =>
        {
            using var body = JsonContent.Create(
                new OperationBody { Kind = kind, Resources = call.Parsed.GetRequiredValue(resources) },
                GatewayJson.Default.OperationBody);
            var done = await call.Client.Post(
                ClientCall.Path("agents", call.Parsed.GetRequiredValue(agent), "operations"),
                body,
                GatewayJson.Default.OperationView,
                call.Cancelled);
            call.Output.WriteLine($"agent {done.Agent} has now {done.Total}");
            return ExitCode.Done;
        });
        return operate.Command.WithExamples(
            ($"csched agent {name} agent-1 '{example}'", "offers of the agent are taken back for it"));
    }
}
