using System.CommandLine;
using System.Globalization;
using ClusterScheduler.Cli.Nodes;
using ClusterScheduler.Runtime.Settings;

namespace ClusterScheduler.Cli.Commands;

/// <summary>csched dev</summary>
internal static class DevCommand
{
    public static Command Build()
    {
        var data = CommonOptions.Data();
        var agents = CommonOptions.Agents();
        var config = CommonOptions.Config();
        var port = CommonOptions.Number(
            "--port", "P", "Port of the HTTP gateway on 127.0.0.1; 0 takes any free one [default: 5050]", 0, 65_535);
        var command = new Command("dev", "Start a cluster on this machine that stays, with its HTTP gateway")
        {
            data, agents, port, config,
        };
        command.SetAction(parsed => DevSession.Run(
            DataDirectory.Resolve(parsed.GetValue(data)),
            NodeSources.Of(parsed.GetValue(config), Options(parsed.GetValue(agents), parsed.GetValue(port))),
            parsed.InvocationConfiguration.Output));
        return command.WithExamples(
            ("csched dev", "state in ~/.local/state/csched/dev, gateway on 127.0.0.1:5050, until Ctrl-C"),
            ("csched dev --data /tmp/c1 --port 0 --agents 8", "a second cluster beside it"));
    }

    private static IEnumerable<CommandLineSetting> Options(int? agents, int? port)
    {
        if (agents is { } count)
        {
            yield return Setting("--agents", "cluster-scheduler.node.agents", count);
        }

        if (port is { } number)
        {
            yield return Setting("--port", "cluster-scheduler.gateway.port", number);
        }
    }

    private static CommandLineSetting Setting(string option, string path, int value) =>
        new(option, path, value.ToString(CultureInfo.InvariantCulture));
}
