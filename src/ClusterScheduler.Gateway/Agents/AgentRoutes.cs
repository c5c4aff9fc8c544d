namespace ClusterScheduler.Gateway.Agents;

/// <summary>/v1/agents</summary>
internal sealed class AgentRoutes(ControlPlane plane)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/agents", List);
        routes.MapGet("/v1/agents/{agent}", Show);
    }

    private async Task List(HttpContext context)
    {
        var list = await Agents(context);
        await context.Json(
            new AgentListView(list.Epoch.Value, [.. list.Agents.Select(AgentView.Of)]),
            GatewayJson.Default.AgentListView);
    }

    /// <summary>By id, or by host name where that is unique.</summary>
    private async Task Show(HttpContext context)
    {
        var name = context.PathValue("agent");
        var list = await Agents(context);
        var byId = list.Agents.Where(agent => agent.AgentId.Value == name).ToList();
        var found = byId.Count > 0 ? byId : [.. list.Agents.Where(agent => agent.Info.Hostname == name)];
        if (found is not [var agent])
        {
            throw found.Count == 0
                ? new ProblemException(404, "agent-unknown", $"there is no agent '{name}'")
                : new ProblemException(409, "agent-ambiguous",
                    $"{found.Count} agents are called '{name}': say which by id: "
                    + string.Join(", ", found.Select(each => each.AgentId)));
        }

        await context.Json(AgentView.Of(agent), GatewayJson.Default.AgentView);
    }

    private Task<MasterProtocol.AgentList> Agents(HttpContext context) =>
        plane.Ask<MasterProtocol.AgentList>(plane.Master, new MasterProtocol.ListAgents(), context.RequestAborted);
}
