namespace ClusterScheduler.Gateway.Roles;

/// <summary>/v1/roles: what roles hold, and whether it is what they are due</summary>
internal sealed class RoleRoutes(ControlPlane plane)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/roles", List);
        routes.MapGet("/v1/roles/{**role}", Show);
    }

    private async Task List(HttpContext context)
    {
        var list = await Roles(context);
        await context.Json(
            new RoleListView([.. list.Roles.Select(RoleView.Of)]), GatewayJson.Default.RoleListView);
    }

    private async Task Show(HttpContext context)
    {
        var name = context.RolePath();
        var list = await Roles(context);
        var role = list.Roles.FirstOrDefault(role => role.Role == name)
            ?? throw new ProblemException(404, "role-unknown", $"nothing is known of a role '{name}'");
        await context.Json(RoleView.Of(role), GatewayJson.Default.RoleView);
    }

    private Task<MasterProtocol.RoleList> Roles(HttpContext context) =>
        plane.Ask<MasterProtocol.RoleList>(plane.Master, new MasterProtocol.ListRoles(), context.RequestAborted);
}
