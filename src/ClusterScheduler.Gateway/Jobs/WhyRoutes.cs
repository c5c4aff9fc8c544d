namespace ClusterScheduler.Gateway.Jobs;

/// <summary>/v1/why: what holds a task, or an instance of a job, back</summary>
internal sealed class WhyRoutes(ControlPlane plane)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/why/{task}", Task);
        routes.MapGet($"/v1/why/{JobRequests.KeyPath}", Job);
    }

    private Task Task(HttpContext context) =>
        Answer(context, new ServicesProtocol.WhyTask(new TaskId(context.PathValue("task"))));

    private Task Job(HttpContext context)
    {
        var instance = context.QueryNumber("instance", -1, 0, int.MaxValue);
        return Answer(context, new ServicesProtocol.Why(context.Key(), instance < 0 ? null : (int)instance));
    }

    private async Task Answer(HttpContext context, object question)
    {
        var why = await plane.AskServices<ServicesProtocol.WhyAnswer>(question, context.RequestAborted);
        await context.Json(WhyView.Of(why), GatewayJson.Default.WhyView);
    }
}
