using System.Text.Json;
using System.Threading.Channels;
using ClusterScheduler.Gateway.Security;

namespace ClusterScheduler.Gateway.Jobs;

/// <summary>
/// /v1/jobs/watch: how jobs go on, as server-sent events. The first event says how all of them are; each later one
/// what changed, and perhaps how all are once more. A watch of one submission ends when all its jobs have ended, or
/// are not known any more, after an event that says so. A reader that is too slow is disconnected and connects again.
/// </summary>
internal sealed class JobWatchRoute(
    ActorSystem system, ControlPlane plane, Watches watches, TimeSpan keepAliveInterval)
{
    private const int ChangesMax = 10_000;

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/v1/jobs/watch", Watch).Takes("submission");

    private async Task Watch(HttpContext context)
    {
        var submission = context.QueryNumber("submission", 0, 0, long.MaxValue);
        using var watch = watches.Enter();
        var changes = Channel.CreateBounded<ServicesProtocol.JobsChanged>(ChangesMax);
        var watcher = system.ActorOf(JobWatcher.Props(plane.Services, submission, changes.Writer));
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

    private async Task Pass(
        HttpContext context, ChannelReader<ServicesProtocol.JobsChanged> changes, long submission)
    {
        var running = new RunningJobs();
        while (await WaitToRead(context, changes))
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

    /// <summary>Meanwhile comments go out, by which a reader tells a quiet stream from a dead one.</summary>
    private async Task<bool> WaitToRead(HttpContext context, ChannelReader<ServicesProtocol.JobsChanged> changes)
    {
        var readable = changes.WaitToReadAsync(context.RequestAborted).AsTask();
        while (true)
        {
            await ((Task)readable).WaitAsync(keepAliveInterval).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (readable.IsCompleted)
            {
                return await readable;
            }

            await Send(context, ": keep-alive\n\n");
        }
    }

    private static JobChangesView View(ServicesProtocol.JobsChanged change) => new(
        [.. change.Jobs.Select(JobView.Of)],
        [.. change.Instances.Select(each =>
            new InstanceChangeView(each.Key.ToString(), InstanceView.Of(each.Instance)))]);

    private static Task Write(HttpContext context, JobChangesView view) =>
        Send(context, $"event: jobs\ndata: {JsonSerializer.Serialize(view, GatewayJson.Default.JobChangesView)}\n\n");

    private static async Task Send(HttpContext context, string text)
    {
        await context.Response.WriteAsync(text, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
