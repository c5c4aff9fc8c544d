using System.Collections.Immutable;

namespace ClusterScheduler.Runtime.Commands;

/// <summary>agent list|show; those about losses are in <see cref="AgentLossCatalogue"/></summary>
public static class AgentCatalogue
{
    public static CommandArgument Agent { get; } = new("agent", "its id, or its host name");

    public static OperatorCommand List { get; } = new(
        "agent", "list", "List all agents with what they have and what is used", ListAgents)
    {
        Examples = [new("csched agent list", "used/total of cpus, MiB of memory, MiB of disk")],
    };

    public static OperatorCommand Show { get; } = new(
        "agent", "show", "Show one agent: resources, attributes, tasks", ShowAgent)
    {
        Arguments = [Agent],
        Examples = [new("csched agent show agent-1", "the agent with this host name")],
    };

    internal static ImmutableArray<OperatorCommand> All =>
        [List, Show, AgentLossCatalogue.Gone, AgentLossCatalogue.AllowRemovals];

    private static async Task<CommandAnswer> ListAgents(CommandCall call)
    {
        var list = await Ask(call);
        return TableOf(list.Agents) with { Note = list.Held is { } held ? AgentLossCatalogue.HeldText(held) : null };
    }

    private static async Task<CommandAnswer> ShowAgent(CommandCall call)
    {
        var found = Named((await Ask(call)).Agents, call[Agent]);
        return found.Count == 0 ? Unknown(call) : TableOf(found);
    }

    internal static List<MasterProtocol.AgentSummary> Named(
        ImmutableArray<MasterProtocol.AgentSummary> agents, string name)
    {
        var byId = agents.Where(agent => agent.AgentId.Value == name).ToList();
        return byId.Count > 0 ? byId : [.. agents.Where(agent => agent.Info.Hostname == name)];
    }

    internal static CommandAnswer.Refused Unknown(CommandCall call) =>
        new(CommandFault.Unknown, "agent-unknown", $"there is no agent '{call[Agent]}'");

    internal static Task<MasterProtocol.AgentList> Ask(CommandCall call) =>
        call.Ask<MasterProtocol.AgentList>(call.Refs.Master, new MasterProtocol.ListAgents());

    private static CommandAnswer.Table TableOf(IEnumerable<MasterProtocol.AgentSummary> agents) =>
        CommandAnswer.Table.Of(
            ["host", "standing", "total", "used", "offered", "tasks", "attributes", "domain", "since", "id"],
            agents.Select(agent => new CommandCell[]
            {
                agent.Info.Hostname,
                agent.Standing.ToString().ToLowerInvariant(),
                agent.Info.Resources.ToString(),
                agent.Used.ToString(),
                agent.Offered.ToString(),
                agent.Tasks.Length,
                string.Join(',', agent.Info.Attributes.Select(each => $"{each.Name}={each.Value}")),
                agent.Info.Domain?.ToString() ?? "",
                agent.Since,
                agent.AgentId.Value,
            }));
}
