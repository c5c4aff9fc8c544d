namespace ClusterScheduler.Gateway.Tasks;

/// <summary>/v1/tasks, but for their output</summary>
internal sealed class TaskRoutes(ControlPlane plane, TaskFinder finder)
{
    private const int ListMax = 10_000;
    private const int ListDefault = 1_000;
    private const long GraceMillisecondsMax = 24L * 60 * 60 * 1000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/tasks", List).Takes("limit");
        routes.MapGet("/v1/tasks/{task}", Show).Takes("framework");
        routes.MapPost("/v1/tasks/{task}/kill", Kill).Takes("graceMilliseconds", "framework");
    }

    private async Task List(HttpContext context)
    {
        var limit = (int)context.QueryNumber("limit", ListDefault, 1, ListMax);
        var lists = await finder.All(context.RequestAborted);
        var tasks = lists.SelectMany(list => list.Tasks.Select(task => TaskView.Of(list.FrameworkId, task)))
            .Take(limit + 1)
            .ToImmutableArray();
        await context.Json(
            new TaskListView(tasks.Length > limit ? tasks[..limit] : tasks, tasks.Length > limit),
            GatewayJson.Default.TaskListView);
    }

    private async Task Show(HttpContext context)
    {
        var (shown, task) = await finder.Find(context);
        await context.Json(TaskDetailView.Of(shown, task), GatewayJson.Default.TaskDetailView);
    }

    private async Task Kill(HttpContext context)
    {
        var grace = context.QueryMilliseconds("graceMilliseconds", GraceMillisecondsMax);
        var (shown, _) = await finder.Find(context);
        await plane.Ask<FrameworkProtocol.KillNoted>(
            plane.Tasks,
            new TaskProtocol.KillTask(shown.FrameworkId, shown.TaskId, grace),
            context.RequestAborted);
        await context.Json(
            new KillView(shown.FrameworkId.Value, shown.TaskId.Value), GatewayJson.Default.KillView, status: 202);
    }
}
