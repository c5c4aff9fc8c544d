using System.Globalization;
using System.Runtime.InteropServices;
using ClusterScheduler.Gateway.Security;

namespace ClusterScheduler.Gateway.Tasks;

/// <summary>
/// /v1/tasks/{task}/logs: what a task wrote. A range of bytes, or everything from an offset for as long as the task
/// lives (follow=true).
/// </summary>
internal sealed class LogRoutes(ControlPlane plane, TaskFinder finder, Watches watches, TimeSpan followInterval)
{
    private const int LengthMax = 1024 * 1024;

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/v1/tasks/{task}/logs", Read)
        .Takes("stream", "offset", "length", "follow", "framework");

    private async Task Read(HttpContext context)
    {
        var stream = Stream(context);
        var offset = context.QueryNumber("offset", 0, -long.MaxValue, long.MaxValue);
        var length = (int)context.QueryNumber("length", LengthMax, 1, LengthMax);
        var follow = context.QuerySwitch("follow");
        var (shown, _) = await finder.Find(context);
        var agent = await AgentOf(shown, context.RequestAborted);
        var first = await Part(agent, shown, stream, offset, length, context.RequestAborted);

        context.Response.ContentType = "application/octet-stream";
        context.Response.Headers["Log-Offset"] = first.Offset.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["Log-Size"] = first.Size.ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["Log-Ended"] = first.Ended ? "true" : "false";
        if (!follow)
        {
            context.Response.ContentLength = first.Data.Length;
            await context.Response.Body.WriteAsync(Bytes(first), context.RequestAborted);
            return;
        }

        using var watch = watches.Enter();
        await Follow(context, agent, shown, stream, first);
    }

    private async Task Follow(
        HttpContext context, IActorRef agent, TaskProtocol.TaskShown task, AgentProtocol.LogStream stream,
        AgentProtocol.LogRead part)
    {
        await context.Response.StartAsync(context.RequestAborted);
        while (true)
        {
            await context.Response.Body.WriteAsync(Bytes(part), context.RequestAborted);
            var next = part.Offset + part.Data.Length;
            if (part.Ended && next >= part.Size)
            {
                return;
            }

            if (part.Data.IsEmpty)
            {
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(followInterval, context.RequestAborted);
            }

            part = await Part(agent, task, stream, next, LengthMax, context.RequestAborted);
        }
    }

    private static AgentProtocol.LogStream Stream(HttpContext context) =>
        context.Request.Query["stream"].ToString() switch
        {
            "" or "stdout" => AgentProtocol.LogStream.Stdout,
            "stderr" => AgentProtocol.LogStream.Stderr,
            var other => throw new ProblemException(400, "bad-parameter",
                $"'stream' is '{other}'; write stdout or stderr"),
        };

    private async Task<IActorRef> AgentOf(TaskProtocol.TaskShown task, CancellationToken cancelled)
    {
        if (task.AgentId is not { } agentId)
        {
            throw new ProblemException(409, "task-without-agent",
                $"the task '{task.TaskId}' has not been given to an agent, so there is no output yet");
        }

        var located = await plane.Ask<MasterProtocol.AgentLocated>(
            plane.Master, new MasterProtocol.LocateAgent(agentId), cancelled);
        return located.Agent ?? throw new ProblemException(503, "agent-disconnected",
            $"the agent '{agentId}' that holds the output is not connected");
    }

    private async Task<AgentProtocol.LogRead> Part(
        IActorRef agent, TaskProtocol.TaskShown task, AgentProtocol.LogStream stream, long offset, int length,
        CancellationToken cancelled) =>
        await plane.Ask<IWireMessage>(
            agent, new AgentProtocol.ReadLog(task.FrameworkId, task.TaskId, stream, offset, length), cancelled) switch
        {
            AgentProtocol.LogRead read => read,
            AgentProtocol.LogMissing missing => throw new ProblemException(404, "log-missing", missing.Why),
            var other => throw new InvalidOperationException($"ReadLog was answered with {other}"),
        };

    private static ReadOnlyMemory<byte> Bytes(AgentProtocol.LogRead part) =>
        ImmutableCollectionsMarshal.AsArray(part.Data) ?? [];
}
