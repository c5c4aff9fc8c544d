using System.CommandLine;
using System.Globalization;
using System.Net.Http.Json;
using ClusterScheduler.Gateway.Views;

namespace ClusterScheduler.Cli.Commands;

/// <summary>csched agent reserve|unreserve|create-volume|destroy-volume|grow-volume|shrink-volume</summary>
internal static class OperationCommands
{
    private const string Volume = "disk(+eng)[id=db,path=data]:1024";

    public static IEnumerable<Command> Build() =>
    [
        Reserve(),
        Plain("unreserve", "Undo a reservation", "unreserve", "cpus(+eng):2"),
        Plain("create-volume", "Make a volume of reserved disk", "create", Volume),
        Plain("destroy-volume", "Destroy a volume and what is in it", "destroy", Volume),
        Resize("grow-volume", "Add reserved disk to a volume; what is in it stays", "growVolume"),
        Resize("shrink-volume", "Take disk from a volume; what is in it stays", "shrinkVolume"),
    ];

    private static Command Reserve()
    {
        var reserve = new ClientCommand("reserve", "Reserve resources of an agent to a role");
        var (agent, resources) = Arguments(reserve, "cpus(+eng):2");
        var source = reserve.Add(new Option<string?>("--source")
        {
            Description = "What they are now, if they are reserved already, as cpus(+ads):2",
            HelpName = "RESOURCES",
        });
        reserve.Action(call => Send(call, agent, new OperationBody
        {
            Kind = "reserve",
            Resources = call.Parsed.GetRequiredValue(resources),
            Source = call.Parsed.GetValue(source),
        }));
        return reserve.Command.WithExamples(
            ("csched agent reserve agent-1 'cpus(+eng):2'", "offers of the agent are taken back for it"),
            ("csched agent reserve agent-1 'cpus(+eng):2' --source 'cpus(+ads):2'", "from 'ads' to 'eng' in one step"));
    }

    private static Command Plain(string name, string description, string kind, string example)
    {
        var operate = new ClientCommand(name, description);
        var (agent, resources) = Arguments(operate, example);
        operate.Action(call => Send(call, agent, new OperationBody
        {
            Kind = kind,
            Resources = call.Parsed.GetRequiredValue(resources),
        }));
        return operate.Command.WithExamples(
            ($"csched agent {name} agent-1 '{example}'", "offers of the agent are taken back for it"));
    }

    private static Command Resize(string name, string description, string kind)
    {
        var resize = new ClientCommand(name, description);
        var (agent, volume) = Arguments(resize, Volume);
        var amount = resize.Add("MIB", "by how much, in MiB");
        resize.Action(call => Send(call, agent, new OperationBody
        {
            Kind = kind,
            Resources = call.Parsed.GetRequiredValue(volume),
            Amount = Number(call.Parsed.GetRequiredValue(amount)),
        }));
        return resize.Command.WithExamples(
            ($"csched agent {name} agent-1 '{Volume}' 512", "not for shared volumes, nor on whole disks"));
    }

    private static (Argument<string> Agent, Argument<string> Resources) Arguments(
        ClientCommand command, string example) =>
    (
        command.Add("AGENT", "its id, or its host name"),
        command.Add("RESOURCES", $"as Mesos writes them: {example}"));

    private static async Task<int> Send(ClientCall call, Argument<string> agent, OperationBody operation)
    {
        using var body = JsonContent.Create(operation, GatewayJson.Default.OperationBody);
        var done = await call.Client.Post(
            ClientCall.Path("agents", call.Parsed.GetRequiredValue(agent), "operations"),
            body,
            GatewayJson.Default.OperationView,
            call.Cancelled);
        return call.Say(done, GatewayJson.Default.OperationView,
            output => output.WriteLine($"agent {done.Agent} has now {done.Total}"));
    }

    private static decimal Number(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new UserException($"MIB is '{text}'; write a number such as 512", ExitCode.WrongInput);
}
