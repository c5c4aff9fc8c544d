using System.Globalization;
using ClusterScheduler.Core.Jobs;
using ClusterScheduler.Core.Jobs.Life;
using ClusterScheduler.Protocol.Jobs;

namespace ClusterScheduler.Gateway.Jobs;

/// <summary>/v1/jobs: submit (a job file as JSON), list, show, kill</summary>
internal sealed class JobRoutes(ControlPlane plane, long bodyBytesMax)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/jobs", Submit);
        routes.MapGet("/v1/jobs", List);
        routes.MapGet($"/v1/jobs/{JobRequests.KeyPath}", Show).Takes("first", "count");
        routes.MapPost($"/v1/jobs/{JobRequests.KeyPath}/kill", Kill).Takes("instances");
    }

    private async Task Submit(HttpContext context)
    {
        if (context.Request.ContentType?.Split(';')[0].Trim() is not "application/json")
        {
            throw new ProblemException(415, "not-json", "send JSON, with Content-Type application/json");
        }

        var reading = JobFileJson.Read(await Body(context));
        if (reading.File is not { } file)
        {
            throw new JobRefusal.Invalid(reading.Findings).AsProblem();
        }

        var accepted = await plane.TellServicesOnce<ServicesProtocol.JobsAccepted>(
            new ServicesProtocol.SubmitJobs(file), context.RequestAborted);
        await context.Json(
            new SubmittedView(accepted.Submission, [.. accepted.Jobs.Select(JobView.Of)]),
            GatewayJson.Default.SubmittedView,
            status: 201);
    }

    private async Task<byte[]> Body(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.Length <= bodyBytesMax
            ? body.ToArray()
            : throw new ProblemException(413, "too-large", $"at most {bodyBytesMax} bytes are read");
    }

    private async Task List(HttpContext context)
    {
        var list = await plane.AskServices<ServicesProtocol.JobList>(
            new ServicesProtocol.ListJobs(), context.RequestAborted);
        await context.Json(new JobListView([.. list.Jobs.Select(JobView.Of)]), GatewayJson.Default.JobListView);
    }

    private async Task Show(HttpContext context)
    {
        var first = (int)context.QueryNumber("first", 0, 0, JobLimits.InstancesMax);
        var count = (int)context.QueryNumber("count", 1_000, 1, JobLimits.InstancesMax);
        var details = await plane.AskServices<ServicesProtocol.JobDetails>(
            new ServicesProtocol.ShowJob(context.Key(), first, count), context.RequestAborted);
        await context.Json(JobDetailView.Of(details), GatewayJson.Default.JobDetailView);
    }

    private async Task Kill(HttpContext context)
    {
        var noted = await plane.AskServices<ServicesProtocol.KillNoted>(
            new ServicesProtocol.KillJob(context.Key(), Instances(context)), context.RequestAborted);
        await context.Json(
            new JobKillView(noted.Key.ToString(), noted.Instances), GatewayJson.Default.JobKillView, status: 202);
    }

    /// <summary>instances=1,4,7; none: all.</summary>
    private static ImmutableArray<int> Instances(HttpContext context)
    {
        var text = context.Request.Query["instances"].ToString();
        if (text.Length == 0)
        {
            return [];
        }

        var numbers = ImmutableArray.CreateBuilder<int>();
        foreach (var part in text.Split(','))
        {
            numbers.Add(int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new ProblemException(400, "bad-parameter",
                    $"'instances' is '{text}'; write numbers with commas between them, such as 0,3,7"));
        }

        return numbers.ToImmutable();
    }
}
