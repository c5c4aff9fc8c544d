using ClusterScheduler.Runtime.Commands;

namespace ClusterScheduler.Gateway.Views;

/// <summary>An agent as the master sees it.</summary>
public sealed record AgentView(
    string Id,
    string Hostname,
    string Standing,
    DateTimeOffset Since,
    string Session,
    ResourcesView Total,
    ResourcesView Offered,
    ResourcesView Used,
    ImmutableArray<AttributeView> Attributes,
    ImmutableArray<AgentTaskView> Tasks)
{
    /// <summary>Dynamic reservations and persistent volumes, as Mesos writes them.</summary>
    public string Made { get; init; } = "";

    /// <summary>What it lends out, as Mesos writes it; empty where oversubscription is off.</summary>
    public string Revocable { get; init; } = "";

    /// <summary>The region of its machine; empty where none was said.</summary>
    public string Region { get; init; } = "";

    /// <summary>The zone of its machine in that region; empty where none was said.</summary>
    public string Zone { get; init; } = "";

    public static AgentView Of(MasterProtocol.AgentSummary agent) => new(
        agent.AgentId.Value,
        agent.Info.Hostname,
        agent.Standing.ToString().ToLowerInvariant(),
        agent.Since,
        agent.Session.ToString(),
        ResourcesView.Of(agent.Info.Resources),
        ResourcesView.Of(agent.Offered),
        ResourcesView.Of(agent.Used),
        [.. agent.Info.Attributes.Select(attribute => new AttributeView(attribute.Name, attribute.Value))],
        [.. agent.Tasks.Select(task => new AgentTaskView(
            task.FrameworkId.Value, task.TaskId.Value, task.Role, ResourcesView.Of(task.Resources), task.Priority))])
    {
        Made = agent.Made.ToString(),
        Revocable = agent.Revocable.ToString(),
        Region = agent.Info.Domain?.Region ?? "",
        Zone = agent.Info.Domain?.Zone ?? "",
    };
}

/// <summary>A fact about an agent's machine.</summary>
public sealed record AttributeView(string Name, string Value);

/// <summary>A task that holds resources of an agent.</summary>
/// <param name="Priority">Where tasks have to be ended for others, lower ones go first.</param>
public sealed record AgentTaskView(string Framework, string Id, string Role, ResourcesView Resources, int Priority);

/// <summary>All agents, in the order of their ids.</summary>
/// <param name="Epoch">Of the master that answered.</param>
public sealed record AgentListView(long Epoch, ImmutableArray<AgentView> Agents)
{
    /// <summary>Agents that are away and not declared unreachable; none when all is well.</summary>
    public HeldRemovalsView? Held { get; init; }

    public static AgentListView Of(MasterProtocol.AgentList list) => new(
        list.Epoch.Value, [.. list.Agents.Select(AgentView.Of)])
    {
        Held = list.Held is { } held
            ? new HeldRemovalsView(held.Missing, held.Known, held.Limit, AgentLossCatalogue.HeldText(held))
            : null,
    };
}

/// <summary>Removals of agents that wait for an operator, or for agents to come back.</summary>
/// <param name="Missing">Agents that did not come back.</param>
/// <param name="Known">Agents that were known when the master took office.</param>
/// <param name="Limit">The share of them that may be removed, 0 to 1.</param>
/// <param name="Message">The same for people, and what can be done.</param>
public sealed record HeldRemovalsView(int Missing, int Known, double Limit, string Message);
