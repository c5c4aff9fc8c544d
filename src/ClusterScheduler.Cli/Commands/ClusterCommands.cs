using System.CommandLine;
using System.Globalization;
using ClusterScheduler.Cli.Output;
using ClusterScheduler.Gateway.Views;

namespace ClusterScheduler.Cli.Commands;

/// <summary>csched cluster members|leave|down|shards|singleton</summary>
internal static class ClusterCommands
{
    public static Command Build() => new("cluster", "See the nodes of a cluster, and what runs where")
    {
        Members(), Leave(), Down(), Shards(), Singleton(),
    };

    private static Command Members()
    {
        var members = new ClientCommand("members", "List the nodes, the oldest first");
        members.Action(async call =>
        {
            var path = ClientCall.Path("cluster", "members");
            if (call.Json)
            {
                return await call.PrintJson(path);
            }

            var cluster = await call.Client.Get(path, GatewayJson.Default.ClusterView, call.Cancelled);
            var table = new TextTable("ADDRESS", "STATUS", "REACHABLE", "LEADER", "ROLES");
            foreach (var member in cluster.Members)
            {
                table.Add(
                    member.Address, member.Status, YesNo(member.IsReachable), member.IsLeader ? "leader" : "",
                    string.Join(", ", member.Roles));
            }

            table.Write(call.Output, Screen.Columns);
            return ExitCode.Done;
        });
        return members.Command.WithExamples(("csched cluster members", "who is there, as the gateway's node knows it"));
    }

    private static Command Leave() => Told(
        "leave", "Let a node leave: it stops what it hosts, others take it over, it ends",
        "before a machine is switched off");

    private static Command Down() => Told(
        "down", "Count a node as failed: it is removed once it has surely stopped",
        "a node that is unreachable and will not come back");

    private static Command Told(string name, string description, string meaning)
    {
        var told = new ClientCommand(name, description);
        var address = told.Add("ADDRESS", "as 'csched cluster members' shows it, or HOST:PORT of it");
        told.Action(async call =>
        {
            var text = Uri.EscapeDataString(call.Parsed.GetRequiredValue(address));
            var view = await call.Client.Post(
                $"{ClientCall.Path("cluster", name)}?address={text}", null, GatewayJson.Default.MemberCommandView,
                call.Cancelled);
            call.Output.WriteLine(call.Json
                ? System.Text.Json.JsonSerializer.Serialize(view, GatewayJson.Default.MemberCommandView)
                : $"{view.Address} is told to {view.Command}; 'csched cluster members' shows what becomes of it");
            return ExitCode.Done;
        });
        return told.Command.WithExamples(($"csched cluster {name} 10.0.0.3:4053", meaning));
    }

    private static Command Shards()
    {
        var shards = new ClientCommand("shards", "Show how frameworks and tasks are spread over the nodes");
        shards.Action(async call =>
        {
            var path = ClientCall.Path("cluster", "shards");
            if (call.Json)
            {
                return await call.PrintJson(path);
            }

            var table = new TextTable("KIND", "ADDRESS", "SHARDS", "ENTITIES");
            foreach (var region in (await call.Client.Get(
                path, GatewayJson.Default.ShardListView, call.Cancelled)).Regions)
            {
                table.Add(region.Kind, region.Address, Number(region.Shards), Number(region.Entities));
            }

            table.Write(call.Output, Screen.Columns);
            return ExitCode.Done;
        });
        return shards.Command.WithExamples(("csched cluster shards", "entities that are awake, by kind and node"));
    }

    private static Command Singleton()
    {
        var singleton = new ClientCommand("singleton", "Show where the master and the service scheduler run");
        singleton.Action(async call =>
        {
            var path = ClientCall.Path("cluster", "singletons");
            if (call.Json)
            {
                return await call.PrintJson(path);
            }

            var table = new TextTable("NAME", "ADDRESS", "ANSWERS", "EPOCH", "CLUSTER");
            foreach (var part in (await call.Client.Get(
                path, GatewayJson.Default.SingletonListView, call.Cancelled)).Singletons)
            {
                table.Add(
                    part.Name, part.Address ?? "-", YesNo(part.IsAnswering),
                    part.Epoch is { } epoch ? epoch.ToString(CultureInfo.InvariantCulture) : "-",
                    part.ClusterId ?? "-");
            }

            table.Write(call.Output, Screen.Columns);
            return ExitCode.Done;
        });
        return singleton.Command.WithExamples(("csched cluster singleton", "and whether they answer"));
    }

    private static string YesNo(bool yes) => yes ? "yes" : "no";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
