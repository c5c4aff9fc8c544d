using ClusterScheduler.Core.Jobs.Life;
using ClusterScheduler.Gateway.Tasks;

namespace ClusterScheduler.Gateway.Jobs;

/// <summary>/v1/why: what holds a task, or an instance of a job, back</summary>
internal sealed class WhyRoutes(ControlPlane plane, TaskFinder finder)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/why/{task}", Task).Takes("framework");
        routes.MapGet($"/v1/why/{JobRequests.KeyPath}", Job).Takes("instance");
    }

    /// <summary>A task that the service scheduler did not name is some other framework's: it was launched.</summary>
    private async Task Task(HttpContext context)
    {
        var question = new ServicesProtocol.WhyTask(new TaskId(context.PathValue("task")));
        var answer = await plane.Ask<object>(plane.Services, question, context.RequestAborted);
        if (answer is ServicesProtocol.RequestRefused { Reason: JobRefusal.UnknownJob })
        {
            var (shown, task) = await finder.Find(context);
            await context.Json(WhyView.Of(shown, task), GatewayJson.Default.WhyView);
            return;
        }

        await Say(context, answer is ServicesProtocol.RequestRefused refused
            ? throw refused.Reason.AsProblem()
            : (ServicesProtocol.WhyAnswer)answer);
    }

    private async Task Job(HttpContext context)
    {
        var instance = context.QueryNumber("instance", -1, 0, int.MaxValue);
        var question = new ServicesProtocol.Why(context.Key(), instance < 0 ? null : (int)instance);
        await Say(context, await plane.AskServices<ServicesProtocol.WhyAnswer>(question, context.RequestAborted));
    }

    /// <summary>What waits for an agent waits for an offer: the allocator says why none comes that would do.</summary>
    private async Task Say(HttpContext context, ServicesProtocol.WhyAnswer why)
    {
        var view = WhyView.Of(why);
        if (why.Demand is { } demand)
        {
            var question = new MasterProtocol.WhyFramework(demand.FrameworkId, demand.Role, demand.Resources);
            if (await plane.Ask<object>(plane.Master, question, context.RequestAborted)
                is MasterProtocol.FrameworkExplained { Roles: [var allocation] } explained)
            {
                view = view with
                {
                    Allocation = AllocationWhyView.Of(allocation),
                    HeldBackUntil = explained.HeldBackUntil,
                };
            }
        }

        await context.Json(view, GatewayJson.Default.WhyView);
    }
}
