using System.Text.Json;
using System.Threading.Channels;
using ClusterScheduler.Gateway.Security;

namespace ClusterScheduler.Gateway.Jobs;

/// <summary>
/// /v1/jobs/watch: how jobs go on, as server-sent events. The first event says how all of them are; each later one
/// what changed, and perhaps how all are once more. A watch of one submission ends when all its jobs have ended, or
/// are not known any more, after an event that says so. A reader that is too slow is disconnected and connects again.
/// </summary>
internal sealed class JobWatchRoute(ActorSystem system, ControlPlane plane, Watches watches)
{
    private const int ChangesMax = 10_000;

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/jobs/watch", Watch).Takes("submission");

    private async Task Watch(HttpContext context)
    {
        var submission = context.QueryNumber("submission", 0, 0, long.MaxValue);
        using var watch = watches.Enter();
        var changes = Channel.CreateBounded<ServicesProtocol.JobsChanged>(ChangesMax);
        var services = plane.Services;
        var watcher = system.ActorOf(Props.Create(
            () => new JobWatcher(services, submission, JobWatcher.DefaultSilenceMax, changes.Writer)));
        try
        {
            context.Response.ContentType = "text/event-stream";
            context.Response.Headers.CacheControl = "no-store";
            await context.Response.StartAsync(context.RequestAborted);
            await Pass(context, changes.Reader, submission);
        }
        finally
        {
            system.Stop(watcher);
        }
    }

    private static async Task Pass(
        HttpContext context, ChannelReader<ServicesProtocol.JobsChanged> changes, long submission)
    {
        var running = new RunningJobs();
        while (await changes.WaitToReadAsync(context.RequestAborted))
        {
            while (changes.TryRead(out var change))
            {
                var view = View(change);
                await Write(context, view);
                running.Take(view, change.BeginsSnapshot);
                if (submission > 0 && running.HasNothingToCome)
                {
                    return;
                }
            }
        }
    }

    private static JobChangesView View(ServicesProtocol.JobsChanged change) => new(
        [.. change.Jobs.Select(JobView.Of)],
        [.. change.Instances.Select(each =>
            new InstanceChangeView(each.Key.ToString(), InstanceView.Of(each.Instance)))]);

    private static async Task Write(HttpContext context, JobChangesView view)
    {
        var json = JsonSerializer.Serialize(view, GatewayJson.Default.JobChangesView);
        await context.Response.WriteAsync($"event: jobs\ndata: {json}\n\n", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
