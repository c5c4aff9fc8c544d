using System.CommandLine;
using System.Globalization;
using ClusterScheduler.Cli.Output;
using ClusterScheduler.Core.Agents;
using ClusterScheduler.Gateway.Views;
using ClusterScheduler.Runtime.Commands;

namespace ClusterScheduler.Cli.Commands;

/// <summary>csched agent list|show|gone|allow-removals, and the operations on its resources</summary>
internal static class AgentCommands
{
    public static Command Build()
    {
        var command = new Command("agent", "See the agents, on which tasks run")
        {
            List(),
            Show(),
            CatalogueCommands.Build(AgentLossCatalogue.Gone),
            CatalogueCommands.Build(AgentLossCatalogue.AllowRemovals),
        };
        foreach (var operation in OperationCommands.Build())
        {
            command.Add(operation);
        }

        return command;
    }

    private static Command List()
    {
        var list = new ClientCommand(AgentCatalogue.List);
        list.Action(async call =>
        {
            var path = ClientCall.Path("agents");
            if (call.Json)
            {
                return await call.PrintJson(path);
            }

            var list = await call.Client.Get(path, GatewayJson.Default.AgentListView, call.Cancelled);
            var domains = list.Agents.Any(static agent => agent.Region.Length > 0);
            var table = new TextTable(
                ["HOST", "STANDING", "CPUS", "MEM", "DISK", "TASKS", .. When(domains, "DOMAIN"), "SINCE", "ID"]);
            foreach (var agent in list.Agents)
            {
                table.Add(
                [
                    agent.Hostname,
                    agent.Standing,
                    Share(agent.Used.Cpus, agent.Total.Cpus),
                    Share(agent.Used.Mem, agent.Total.Mem),
                    Share(agent.Used.Disk, agent.Total.Disk),
                    agent.Tasks.Length.ToString(CultureInfo.InvariantCulture),
                    .. When(domains, Domain(agent)),
                    Ages.Of(agent.Since, DateTimeOffset.UtcNow),
                    agent.Id,
                ]);
            }

            table.Write(call.Output, Screen.Columns);
            if (list.Held is { } held)
            {
                await call.Output.WriteLineAsync(held.Message);
            }

            return ExitCode.Done;
        });
        return list.Command.WithExamples(("csched agent list", "used/total of cpus, MiB of memory, MiB of disk"));
    }

    private static Command Show()
    {
        var show = new ClientCommand(AgentCatalogue.Show);
        var agent = show.Add(AgentCatalogue.Agent);
        show.Action(async call =>
        {
            var path = ClientCall.Path("agents", call.Parsed.GetRequiredValue(agent));
            if (call.Json)
            {
                return await call.PrintJson(path);
            }

            Write(await call.Client.Get(path, GatewayJson.Default.AgentView, call.Cancelled), call.Output);
            return ExitCode.Done;
        });
        return show.Command.WithExamples(("csched agent show agent-1", "the agent with this host name"));
    }

    private static void Write(AgentView agent, TextWriter output)
    {
        output.WriteLine($"agent      {agent.Id}");
        output.WriteLine($"host       {agent.Hostname}");
        output.WriteLine($"standing   {agent.Standing} for {Ages.Of(agent.Since, DateTimeOffset.UtcNow)}");
        output.WriteLine($"session    {agent.Session}");
        output.WriteLine($"total      {ResourceLine.Of(agent.Total)}");
        output.WriteLine($"used       {ResourceLine.Of(agent.Used)}");
        output.WriteLine($"offered    {ResourceLine.Of(agent.Offered)}");
        if (agent.Made.Length > 0)
        {
            output.WriteLine($"reserved   {agent.Made}");
        }

        if (agent.Revocable.Length > 0)
        {
            output.WriteLine($"lent out   {agent.Revocable}");
        }

        if (Domain(agent) is { Length: > 0 } domain)
        {
            output.WriteLine($"domain     {domain}");
        }

        foreach (var attribute in agent.Attributes)
        {
            output.WriteLine($"attribute  {attribute.Name}={attribute.Value}");
        }

        output.WriteLine();
        var table = new TextTable("TASK", "ROLE", "PRIORITY", "CPUS", "MEM", "FRAMEWORK");
        foreach (var task in agent.Tasks)
        {
            table.Add(task.Id, task.Role, Number(task.Priority), Number(task.Resources.Cpus),
                Number(task.Resources.Mem), task.Framework);
        }

        table.Write(output, Screen.Columns);
    }

    private static string[] When(bool shown, string cell) => shown ? [cell] : [];

    private static string Domain(AgentView agent) =>
        agent.Region.Length > 0 ? new AgentDomain(agent.Region, agent.Zone).ToString() : "";

    private static string Share(decimal used, decimal total) => $"{Number(used)}/{Number(total)}";

    private static string Number(decimal number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
