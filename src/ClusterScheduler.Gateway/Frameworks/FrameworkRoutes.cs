namespace ClusterScheduler.Gateway.Frameworks;

/// <summary>/v1/frameworks</summary>
internal sealed class FrameworkRoutes(ControlPlane plane)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/frameworks", List);
        routes.MapGet("/v1/frameworks/{framework}", Show);
    }

    /// <summary>By id, or by name where that is unique.</summary>
    private async Task Show(HttpContext context) => await context.Json(
        FrameworkView.Of(await plane.FindFramework(context)), GatewayJson.Default.FrameworkView);

    private async Task List(HttpContext context)
    {
        var list = await plane.Ask<MasterProtocol.FrameworkList>(
            plane.Master, new MasterProtocol.ListFrameworks(), context.RequestAborted);
        await context.Json(
            new FrameworkListView(list.Epoch.Value, [.. list.Frameworks.Select(FrameworkView.Of)]),
            GatewayJson.Default.FrameworkListView);
    }
}
