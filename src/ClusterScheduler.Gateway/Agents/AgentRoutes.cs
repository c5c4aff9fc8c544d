using ClusterScheduler.Core.Reservations;
using ClusterScheduler.Gateway.Roles;

namespace ClusterScheduler.Gateway.Agents;

/// <summary>/v1/agents</summary>
internal sealed class AgentRoutes(ControlPlane plane)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/agents", List);
        routes.MapGet("/v1/agents/{agent}", Show);
        routes.MapPost("/v1/agents/{agent}/operations", Operate);
    }

    private async Task List(HttpContext context) =>
        await context.Json(AgentListView.Of(await Agents(context)), GatewayJson.Default.AgentListView);

    private async Task Show(HttpContext context) =>
        await context.Json(AgentView.Of(await Find(context)), GatewayJson.Default.AgentView);

    /// <summary>An operation: {"kind":"reserve","resources":"cpus(+eng):2"}.</summary>
    private async Task Operate(HttpContext context)
    {
        var operation = OperationRequests.Read(await context.Body(GatewayJson.Default.OperationBody));
        var agent = await Find(context);
        var answer = await plane.Ask<object>(
            plane.Master, new MasterProtocol.ApplyOperation(agent.AgentId, operation), context.RequestAborted);
        if (answer is MasterProtocol.OperationRefused { Refusal: var refusal })
        {
            throw new ProblemException(
                refusal.Fault is OperationFault.NotThere or OperationFault.InUse or OperationFault.UnknownAgent
                    or OperationFault.LimitExceeded
                    ? 409
                    : 422,
                RoleRequests.Code("operation", refusal.Fault), OperationFaults.Explain(refusal));
        }

        var applied = (MasterProtocol.OperationApplied)answer;
        await context.Json(
            new OperationView(applied.AgentId.Value, applied.Total.ToString()), GatewayJson.Default.OperationView);
    }

    /// <summary>By id, or by host name where that is unique.</summary>
    private async Task<MasterProtocol.AgentSummary> Find(HttpContext context)
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

        return agent;
    }

    private Task<MasterProtocol.AgentList> Agents(HttpContext context) =>
        plane.Ask<MasterProtocol.AgentList>(plane.Master, new MasterProtocol.ListAgents(), context.RequestAborted);
}
