using System.CommandLine;
using System.Globalization;
using ClusterScheduler.Cli.Output;
using ClusterScheduler.Gateway.Views;

namespace ClusterScheduler.Cli.Commands;

/// <summary>csched framework list</summary>
internal static class FrameworkCommands
{
    public static Command Build() => new("framework", "See the frameworks, which use the agents' offers") { List() };

    private static Command List()
    {
        var list = new ClientCommand("list", "List all frameworks with their share, offers and tasks");
        list.Action(async call =>
        {
            var path = ClientCall.Path("frameworks");
            if (call.Json)
            {
                return await call.PrintJson(path);
            }

            var now = DateTimeOffset.UtcNow;
            var found = await call.Client.Get(path, GatewayJson.Default.FrameworkListView, call.Cancelled);
            var table = new TextTable("NAME", "ROLES", "CONNECTED", "SHARE", "TASKS", "OFFERS", "HELD", "ID");
            foreach (var framework in found.Frameworks)
            {
                table.Add(
                    framework.Name,
                    string.Join(',', framework.Roles),
                    framework.Connected ? "yes" : "no",
                    framework.DominantShare.ToString("0%", CultureInfo.InvariantCulture),
                    framework.Tasks.ToString(CultureInfo.InvariantCulture),
                    framework.Offers.ToString(CultureInfo.InvariantCulture),
                    Ages.Of(framework.OldestOffer, now),
                    framework.Id);
            }

            table.Write(call.Output, Screen.Columns);
            return ExitCode.Done;
        });
        return list.Command.WithExamples(
            ("csched framework list", "SHARE: the dominant share; HELD: how long the oldest offer has been held"));
    }
}
